package dev.plumbline.registry.query;

import dev.plumbline.registry.evidence.EvidenceArchive;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.run.RunJournal;
import dev.plumbline.registry.source.Repository;
import org.jspecify.annotations.Nullable;

/**
 * Where to look for the runs of one sync.
 *
 * @param sync which
 * @param journal their records
 * @param index finds them
 * @param repository its commits; works with the remote gone
 */
public record SyncRuns(SyncId sync, RunJournal journal, RunIndex index, Repository repository) {

    /** Looked for in the stores, without an index of their own. */
    public SyncRuns(SyncId sync, RunJournal journal, @Nullable EvidenceArchive archive, Repository repository) {
        this(sync, journal, new StoredRuns(sync, journal, archive), repository);
    }

    /** Likewise, without evidence. */
    public SyncRuns(SyncId sync, RunJournal journal, Repository repository) {
        this(sync, journal, (EvidenceArchive) null, repository);
    }
}
