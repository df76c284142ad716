package dev.plumbline.registry.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.memory.MemoryStores;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.store.LogStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A history that went on for long is held in little, and all of it can be asked for. */
class HistoryLogTest {

    private static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");
    private static final int MANY = 3 * HistoryLog.WHOLE;

    private static HistoryEntry entry(int i) {
        CommitId commit = new CommitId("%040x".formatted(i));
        Digest digest = Digest.of("release " + i);
        return new HistoryEntry(
                0,
                0,
                i % 3 == 0 ? Outcome.APPLIED : Outcome.UNCHANGED,
                commit,
                "subject " + i,
                Digest.of("ann"),
                "POLL",
                null,
                "",
                digest,
                digest,
                null,
                false,
                List.of(commit),
                List.of(),
                Map.of(new ObjectKey("", "ConfigMap", "team", "one"), commit),
                List.of(),
                NOW,
                NOW.plusSeconds(i));
    }

    @Test
    void holdsOfOldEntriesWhatFindsThemAndReadsTheRest() throws Exception {
        LogStore logs = MemoryStores.create().logs();
        HistoryLog log = HistoryLog.open(logs, "history");
        List<HistoryEntry> appended = new ArrayList<>();
        for (int i = 1; i <= MANY; i++) {
            appended.add(log.append(entry(i)));
        }
        for (HistoryLog each : List.of(log, HistoryLog.open(logs, "history"))) {
            List<HistoryEntry> entries = each.entries();
            assertEquals(MANY, entries.size());
            assertTrue(entries.getFirst().blame().isEmpty(), "an old one does not name its objects");
            assertEquals(appended.getFirst().commit(), entries.getFirst().commit());
            assertEquals(appended.getFirst().release(), entries.getFirst().release());
            assertEquals(Optional.of(appended.getLast()), each.last());
            assertEquals(Optional.of(appended.get(MANY - 1 - (MANY % 3))), each.lastApplied());
            assertEquals(
                    appended.get(2).revision(), each.applied(MANY).getLast().revision(), "the oldest that was applied");
            assertEquals(Optional.of(appended.get(2)), each.revision(1), "whole");
            assertEquals(Optional.empty(), each.revision(0));
            for (int limit : List.of(0, 1, HistoryLog.WHOLE, HistoryLog.WHOLE + 1, MANY, 2 * MANY)) {
                List<HistoryEntry> newest = appended.subList(Math.max(0, MANY - limit), MANY);
                assertEquals(newest.reversed(), each.newest(limit), "limit " + limit);
            }
        }
    }
}
