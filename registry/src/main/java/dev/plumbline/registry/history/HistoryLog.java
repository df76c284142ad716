package dev.plumbline.registry.history;

import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.store.LogStore;
import dev.plumbline.registry.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The history of one sync. Entries are read from the store once and kept, as they never change; it is one program's view, which
 * is why appending checks the number. Of all but the newest it keeps only what finds them: an entry names each object of its sync,
 * and a program that runs for years must not hold that once per commit.
 */
public final class HistoryLog {

    private static final int BATCH = 1000;

    /** So many of the newest entries are kept whole: as many as people usually ask for. */
    static final int WHOLE = 20;

    private final LogStore logs;
    private final String stream;
    private final List<HistoryEntry> entries = new ArrayList<>();
    private final List<HistoryEntry> applied = new ArrayList<>();
    private @Nullable HistoryEntry lastApplied;

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

    /** All entries, oldest first; all but some of the newest without changes, blame, findings and the commits passed over. */
    public synchronized List<HistoryEntry> entries() {
        return List.copyOf(entries);
    }

    /**
     * The newest entries, whole, newest first, at most so many.
     *
     * @throws StoreException when older ones cannot be read from the store
     */
    public synchronized List<HistoryEntry> newest(int limit) throws StoreException {
        int from = Math.max(0, entries.size() - limit);
        int kept = Math.max(from, entries.size() - WHOLE);
        List<HistoryEntry> newest = new ArrayList<>(read(from + 1L, kept - from));
        newest.addAll(entries.subList(kept, entries.size()));
        return newest.reversed();
    }

    /** The newest entry. */
    public synchronized Optional<HistoryEntry> last() {
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.getLast());
    }

    /** The newest applied entry. */
    public synchronized Optional<HistoryEntry> lastApplied() {
        return Optional.ofNullable(lastApplied);
    }

    /** The newest applied entries, newest first, at most so many, without changes, blame, findings and the commits passed over. */
    public synchronized List<HistoryEntry> applied(int limit) {
        return List.copyOf(applied.reversed().subList(0, Math.min(limit, applied.size())));
    }

    /**
     * The entry of a revision, whole.
     *
     * @throws StoreException when it cannot be read from the store
     */
    public synchronized Optional<HistoryEntry> revision(long revision) throws StoreException {
        Optional<HistoryEntry> found = applied.stream()
                .filter(entry -> revision > 0 && entry.revision() == revision)
                .findFirst();
        return found.isPresent() ? Optional.of(read(found.get().number(), 1).getFirst()) : found;
    }

    private long lastRevision() {
        return lastApplied().map(HistoryEntry::revision).orElse(0L);
    }

    private void keep(HistoryEntry entry) {
        entries.add(entry);
        int old = entries.size() - WHOLE - 1;
        if (old >= 0) {
            entries.set(old, entries.get(old).brief());
        }
        if (entry.outcome() == Outcome.APPLIED) {
            applied.add(entry.brief());
            lastApplied = entry;
        }
    }

    private void readOn() throws StoreException {
        List<HistoryEntry> batch;
        do {
            batch = read(entries.size() + 1L, BATCH);
            batch.forEach(this::keep);
        } while (batch.size() == BATCH);
    }

    private List<HistoryEntry> read(long from, int limit) throws StoreException {
        List<HistoryEntry> read = new ArrayList<>();
        for (LogStore.Entry stored : limit == 0 ? List.<LogStore.Entry>of() : logs.read(stream, from, limit)) {
            try {
                read.add(HistoryCodec.decode(stored.bytes()));
            } catch (JsonException | IllegalArgumentException e) {
                throw new StoreException(
                        "entry " + stored.number() + " of " + stream + " cannot be read: " + e.getMessage(), false, e);
            }
        }
        return read;
    }
}
