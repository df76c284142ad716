package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.reconcile.SyncKeys;
import dev.plumbline.registry.file.FileStores;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.history.HistoryLog;
import dev.plumbline.registry.history.Outcome;
import dev.plumbline.registry.model.SyncId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The history of one sync as it lies in the store, read beside the program that writes it. */
record StoredHistory(List<HistoryEntry> entries) {

    static StoredHistory of(OperatorDesk desk, String sync) throws Exception {
        SyncKeys keys = SyncKeys.of(desk.cluster().clusterId(), new SyncId(desk.namespace(), sync));
        return new StoredHistory(HistoryLog.open(FileStores.open(desk.store()).logs(), keys.history())
                .newest(Integer.MAX_VALUE)
                .reversed());
    }

    /** Commits that were applied because they came, in the order in which they were. */
    List<String> applied() {
        return entries.stream()
                .filter(entry ->
                        entry.outcome() == Outcome.APPLIED && !entry.trigger().equals("DRIFT"))
                .map(entry -> entry.commit().toString())
                .toList();
    }

    List<Outcome> outcomes(String commit) {
        return entries.stream()
                .filter(entry -> entry.commit().toString().equals(commit))
                .map(HistoryEntry::outcome)
                .toList();
    }

    /**
     * Checks that it is complete and in order: entries and revisions are numbered without a gap, each commit after the first that was
     * seen is there or was passed over, exactly once, none is applied twice, and they come as Git has them.
     *
     * @param commits all commits, oldest first
     */
    void check(List<String> commits) {
        long revision = 0;
        List<String> heads = new ArrayList<>();
        Set<String> told = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            HistoryEntry entry = entries.get(i);
            assertEquals(i + 1, entry.number(), this::told);
            if (entry.outcome() == Outcome.APPLIED) {
                assertEquals(++revision, entry.revision(), this::told);
                assertTrue(
                        entry.changes().stream()
                                .allMatch(change -> change.error().isEmpty()),
                        this::told);
            }
            if (heads.isEmpty() || !heads.getLast().equals(entry.commit().toString())) {
                heads.add(entry.commit().toString());
            }
            told.add(entry.commit().toString());
            entry.passedOver().forEach(commit -> told.add(commit.toString()));
        }
        List<String> expected = commits.subList(commits.indexOf(heads.getFirst()), commits.size());
        assertEquals(new HashSet<>(expected), told, this::told);
        assertEquals(expected.stream().filter(heads::contains).toList(), heads, this::told);
        assertEquals(new HashSet<>(applied()).size(), applied().size(), this::told);
    }

    String told() {
        StringBuilder text = new StringBuilder();
        entries.forEach(entry -> text.append(entry.number())
                .append(' ')
                .append(entry.commit().abbreviated())
                .append(' ')
                .append(entry.trigger())
                .append(' ')
                .append(entry.outcome())
                .append(' ')
                .append(entry.reason())
                .append('\n'));
        return text.toString();
    }
}
