package dev.plumbline.registry.query;

import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.run.RunJournal;
import dev.plumbline.registry.source.Repository;

/**
 * Where to look for the runs of one sync.
 *
 * @param sync which
 * @param journal its runs
 * @param repository its commits; works with the remote gone
 */
public record SyncRuns(SyncId sync, RunJournal journal, Repository repository) {}
