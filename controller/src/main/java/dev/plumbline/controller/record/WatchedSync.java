package dev.plumbline.controller.record;

import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.provenance.ContentHistory;
import java.util.Set;

/**
 * A sync whose runs are recorded.
 *
 * @param id which
 * @param namespaces where its runs run
 * @param repository address of its repository without credentials; empty when it has none that others could reach
 * @param content what its commits render to
 * @param releases what was applied when
 */
public record WatchedSync(
        SyncId id, Set<String> namespaces, String repository, ContentHistory content, ReleaseHistory releases) {

    /** Keeps its own copy. */
    public WatchedSync {
        namespaces = Set.copyOf(namespaces);
    }
}
