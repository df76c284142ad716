package dev.plumbline.registry.index;

import dev.plumbline.registry.evidence.EvidenceArchive;
import dev.plumbline.registry.run.RunJournal;
import org.jspecify.annotations.Nullable;

/**
 * What the index of one sync is made from.
 *
 * @param name cluster and sync, unique in a file
 * @param journal its runs
 * @param archive the evidence about them; null where none is looked at
 */
record SyncLog(String name, RunJournal journal, @Nullable EvidenceArchive archive) {}
