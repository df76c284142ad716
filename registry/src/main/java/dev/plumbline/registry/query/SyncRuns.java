package dev.plumbline.registry.query;

import dev.plumbline.registry.evidence.EvidenceArchive;
import dev.plumbline.registry.evidence.RunEvidence;
import dev.plumbline.registry.model.RunId;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.run.RunJournal;
import dev.plumbline.registry.source.Repository;
import dev.plumbline.registry.store.StoreException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where to look for the runs of one sync.
 *
 * @param sync which
 * @param journal its runs
 * @param archive the evidence about them; null where none is looked at
 * @param repository its commits; works with the remote gone
 */
public record SyncRuns(
        SyncId sync, RunJournal journal, @Nullable EvidenceArchive archive, Repository repository) {

    /** Without evidence. */
    public SyncRuns(SyncId sync, RunJournal journal, Repository repository) {
        this(sync, journal, null, repository);
    }

    /** The evidence about a run; empty when there is none. */
    Optional<RunEvidence> evidence(RunId id) throws StoreException {
        return archive == null ? Optional.empty() : archive.find(id);
    }
}
