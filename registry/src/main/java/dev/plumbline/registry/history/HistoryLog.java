package dev.plumbline.registry.history;

import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.store.LogStore;
import dev.plumbline.registry.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The history of one sync. Entries are read from the store once and kept, as they never change; it is one program's view, which
 * is why appending checks the number.
 */
public final class HistoryLog {

    private static final int BATCH = 1000;

    private final LogStore logs;
    private final String stream;
    private final List<HistoryEntry> entries = new ArrayList<>();
    private final List<HistoryEntry> applied = new ArrayList<>();

    private HistoryLog(LogStore logs, String stream) {
        this.logs = logs;
        this.stream = stream;
    }

    /** Name of the log of a sync's history on a cluster. */
    public static String stream(String cluster, SyncId sync) {
        return "clusters/" + cluster + "/syncs/" + sync + "/history";
    }

    /**
     * Reads a history.
     *
     * @throws StoreException when it cannot be read, or an entry is damaged
     */
    public static HistoryLog open(LogStore logs, String stream) throws StoreException {
        HistoryLog log = new HistoryLog(logs, stream);
        log.readOn();
        return log;
    }

    /**
     * Appends an entry under the next number, and the next revision number when it was applied.
     *
     * @return the entry as stored
     * @throws StoreException when it is unknown whether it was stored, or somebody else appends to the same history
     */
    public synchronized HistoryEntry append(HistoryEntry entry) throws StoreException {
        long number = entries.size() + 1L;
        long revision = entry.outcome() == Outcome.APPLIED ? lastRevision() + 1 : 0;
        HistoryEntry numbered = entry.at(number, revision);
        if (!logs.append(stream, number, HistoryCodec.encode(numbered))) {
            throw new StoreException(
                    "could not append entry " + number + " to " + stream
                            + ": somebody else writes this history; stop the"
                            + " other program that uses the same store for this sync",
                    false);
        }
        keep(numbered);
        return numbered;
    }

    /** All entries, oldest first. */
    public synchronized List<HistoryEntry> entries() {
        return List.copyOf(entries);
    }

    /** The newest entry. */
    public synchronized Optional<HistoryEntry> last() {
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.getLast());
    }

    /** The newest applied entry. */
    public synchronized Optional<HistoryEntry> lastApplied() {
        return applied.isEmpty() ? Optional.empty() : Optional.of(applied.getLast());
    }

    /** The newest applied entries, newest first, at most so many. */
    public synchronized List<HistoryEntry> applied(int limit) {
        return List.copyOf(applied.reversed().subList(0, Math.min(limit, applied.size())));
    }

    /** The entry of a revision. */
    public synchronized Optional<HistoryEntry> revision(long revision) {
        return applied.stream()
                .filter(entry -> revision > 0 && entry.revision() == revision)
                .findFirst();
    }

    private long lastRevision() {
        return lastApplied().map(HistoryEntry::revision).orElse(0L);
    }

    private void keep(HistoryEntry entry) {
        entries.add(entry);
        if (entry.outcome() == Outcome.APPLIED) {
            applied.add(entry);
        }
    }

    private void readOn() throws StoreException {
        while (true) {
            List<LogStore.Entry> batch = logs.read(stream, entries.size() + 1L, BATCH);
            for (LogStore.Entry stored : batch) {
                try {
                    keep(HistoryCodec.decode(stored.bytes()));
                } catch (JsonException | IllegalArgumentException e) {
                    throw new StoreException(
                            "entry " + stored.number() + " of " + stream + " cannot be read: " + e.getMessage(),
                            false,
                            e);
                }
            }
            if (batch.size() < BATCH) {
                return;
            }
        }
    }
}
