package dev.plumbline.controller.record;

import dev.plumbline.registry.evidence.EvidenceSource;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.provenance.ContentHistory;
import java.util.Set;

/**
 * A sync whose runs are recorded.
 *
 * @param id which
 * @param namespaces where its runs run
 * @param repository address of its repository without credentials; empty when it has none that others could reach
 * @param source where its pipelines come from, as evidence names it
 * @param content what its commits render to
 * @param releases what was applied when
 */
public record WatchedSync(
        SyncId id,
        Set<String> namespaces,
        String repository,
        EvidenceSource source,
        ContentHistory content,
        ReleaseHistory releases) {

    /** Keeps its own copy. */
    public WatchedSync {
        namespaces = Set.copyOf(namespaces);
    }

    /** One of whose ref and path nothing is known. */
    public WatchedSync(
            SyncId id, Set<String> namespaces, String repository, ContentHistory content, ReleaseHistory releases) {
        this(id, namespaces, repository, new EvidenceSource(repository, "", ""), content, releases);
    }
}
