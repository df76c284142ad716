package dev.plumbline.registry.index;

import dev.plumbline.registry.evidence.EvidenceArchive;
import dev.plumbline.registry.evidence.ModelEvidence;
import dev.plumbline.registry.evidence.RunEvidence;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.PartPlace;
import dev.plumbline.registry.run.RunEntry;
import dev.plumbline.registry.run.RunPlace;
import dev.plumbline.registry.store.StoreException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings the index of one sync up to date. How far its log was read stands in the same transaction as what was read, with the
 * last entry, so that a log that was replaced by another is noticed and read anew.
 */
final class Filling {

    private static final int PAGE = 2000;
    private static final int EVIDENCE_PAGE = 500;

    private final Database database;
    private final SyncLog log;

    Filling(Database database, SyncLog log) {
        this.database = database;
        this.log = log;
    }

    /** Number of the sync in the tables. */
    long sync() throws SQLException {
        return place().sync();
    }

    /** How many runs are known. */
    long runs() throws SQLException {
        return database.number("SELECT total(runs) FROM tally WHERE sync=?", sync())
                .orElse(0L);
    }

    /** Reads all of the log that was not read yet. */
    void toTheEnd() throws SQLException, StoreException {
        while (page()) {
            // The next page.
        }
    }

    /** Reads a page of the log; answers whether there may be more. */
    boolean page() throws SQLException, StoreException {
        Place place = place();
        long first = Math.max(1, place.next() - 1);
        List<RunEntry> page = log.journal().entries(first, PAGE);
        boolean full = page.size() == PAGE;
        if (place.next() > 1) {
            if (page.isEmpty() || !digest(page.getFirst()).equals(place.last())) {
                forget();
                return true;
            }
            page = page.subList(1, page.size());
        }
        if (page.isEmpty()) {
            return false;
        }
        List<RunEntry> entries = page;
        List<List<PartPlace>> parts = Parallel.map(entries, this::parts);
        database.atomically(() -> {
            if (place().equals(place)) {
                EntryWriter writer = new EntryWriter(database, place.sync(), log.archive() != null);
                for (int i = 0; i < entries.size(); i++) {
                    writer.put(place.next() + i, entries.get(i), parts.get(i));
                }
                database.write(
                        "UPDATE syncs SET next=?, last=? WHERE id=?",
                        place.next() + entries.size(),
                        digest(entries.getLast()),
                        place.sync());
            }
        });
        return full;
    }

    /** Where a run's parts stand; entries of older versions leave that to the record. */
    private List<PartPlace> parts(RunEntry entry) throws StoreException {
        if (entry.parts() != null) {
            return entry.parts();
        }
        return entry.kind() == RunEntry.Kind.AMENDMENT
                ? List.of()
                : PartPlace.of(log.journal().read(entry.record()).judgement());
    }

    /** Reads evidence that was not there when its run was read. A run with which all is done gets no more. */
    void evidence() throws SQLException, StoreException {
        EvidenceArchive archive = log.archive();
        long sync = sync();
        if (archive == null
                || database.number("SELECT run FROM awaited WHERE sync=? LIMIT 1", sync)
                        .isEmpty()) {
            return;
        }
        Set<String> unfinished = log.journal().unfinished();
        long after = 0;
        List<Awaited> page;
        do {
            page = database.rows(
                    "SELECT a.run, r.entry FROM awaited a JOIN runs r ON r.run = a.run"
                            + " WHERE a.sync=? AND a.run>? ORDER BY a.run LIMIT " + EVIDENCE_PAGE,
                    row -> new Awaited(row.getLong(1), EntryWriter.entry(row.getBytes(2))),
                    sync,
                    after);
            List<Awaited> runs = page;
            List<Optional<RunEvidence>> found =
                    Parallel.map(runs, run -> archive.find(run.entry().id()));
            database.atomically(() -> {
                for (int i = 0; i < runs.size(); i++) {
                    settle(sync, runs.get(i), found.get(i).orElse(null), unfinished);
                }
            });
            after = page.isEmpty() ? after : page.getLast().run();
        } while (page.size() == EVIDENCE_PAGE);
    }

    private void settle(long sync, Awaited run, @Nullable RunEvidence evidence, Set<String> unfinished)
            throws SQLException {
        if (evidence == null && unfinished.contains(RunPlace.of(run.entry().id()))) {
            return;
        }
        for (ModelEvidence signed : evidence == null ? List.<ModelEvidence>of() : evidence.models()) {
            for (int i = 0; i < run.entry().models().size(); i++) {
                ModelRecord model = run.entry().models().get(i);
                if (model.name().equals(signed.name()) && model.version().equals(signed.version())) {
                    EntryWriter writer = new EntryWriter(database, sync, true);
                    for (Digest digest : signed.subjects().stream()
                            .map(each -> each.digest())
                            .toList()) {
                        writer.digest(digest, run.entry().createdAt(), run.run(), i);
                    }
                }
            }
        }
        database.write("DELETE FROM awaited WHERE sync=? AND run=?", sync, run.run());
    }

    /** Forgets everything about the sync. */
    void forget() throws SQLException {
        long sync = sync();
        database.atomically(() -> {
            for (String table : List.of("awaited", "digests", "models", "runs", "tally")) {
                database.write("DELETE FROM " + table + " WHERE sync=?", sync);
            }
            database.write("UPDATE syncs SET next=1, last='' WHERE id=?", sync);
        });
    }

    private Place place() throws SQLException {
        List<Place> places = database.rows(
                "SELECT id, next, last FROM syncs WHERE name=?",
                row -> new Place(row.getLong(1), row.getLong(2), row.getString(3)),
                log.name());
        if (!places.isEmpty()) {
            return places.getFirst();
        }
        database.write("INSERT OR IGNORE INTO syncs(name, next, last) VALUES (?, 1, '')", log.name());
        return place();
    }

    private static String digest(RunEntry entry) {
        return Digest.of(Json.bytes(entry.tree())).value();
    }

    /** How far a log was read, and its last entry. */
    private record Place(long sync, long next, String last) {}

    /** A run whose evidence may come yet. */
    private record Awaited(long run, RunEntry entry) {}
}
