package dev.plumbline.registry.index;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.run.Interval;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.PartPlace;
import dev.plumbline.registry.run.RunEntry;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts entries of a log into the tables. Used within a transaction. */
final class EntryWriter {

    /** Stands for the record of a run where the position of a model stands else; behind all models. */
    static final int RECORD = 1 << 20;

    /** Bits of a run's number that its place in the log takes. */
    private static final int LOG_BITS = 40;

    private final Database database;
    private final long sync;
    private final boolean attested;

    /** Writes for one sync. */
    EntryWriter(Database database, long sync, boolean attested) {
        this.database = database;
        this.sync = sync;
        this.attested = attested;
    }

    /** Puts the entry of this number; of several about one run the first says what it was, the last what it made. */
    void put(long number, RunEntry entry, List<PartPlace> parts) throws SQLException {
        List<Known> known = database.rows(
                "SELECT run, commit_id, content, entry FROM runs WHERE sync=? AND uid=? AND attempt=?",
                row -> new Known(row.getLong(1), row.getLong(2), row.getLong(3), entry(row.getBytes(4))),
                sync,
                entry.id().uid(),
                entry.id().attempt());
        if (known.isEmpty()) {
            insert(sync << LOG_BITS | number, entry, parts);
        } else if (!known.getFirst().entry().models().equals(entry.models())) {
            learn(known.getFirst(), entry.models());
        }
    }

    private void insert(long run, RunEntry entry, List<PartPlace> parts) throws SQLException {
        long commit = commit(entry.commit());
        long content = content(parts);
        database.write(
                "INSERT INTO runs(run, sync, uid, attempt, name, created, verdict, commit_id, content, entry)"
                        + " VALUES (?,?,?,?,?,?,?,?,?,?)",
                run,
                sync,
                entry.id().uid(),
                entry.id().attempt(),
                entry.name(),
                entry.createdAt(),
                entry.verdict().name(),
                commit,
                content,
                Json.bytes(entry.knowing(entry.models()).tree()));
        digest(entry.record(), entry.createdAt(), run, RECORD);
        models(run, commit, entry, entry.models());
        tally(new Known(run, commit, content, entry), 1, entry.models().size());
    }

    private void learn(Known known, List<ModelRecord> models) throws SQLException {
        database.write("DELETE FROM models WHERE run=?", known.run());
        database.write("DELETE FROM digests WHERE run=? AND position<?", known.run(), RECORD);
        RunEntry entry = known.entry();
        database.write(
                "UPDATE runs SET entry=? WHERE run=?",
                Json.bytes(entry.knowing(models).tree()),
                known.run());
        models(known.run(), known.commit(), entry, models);
        tally(known, 0, models.size() - entry.models().size());
    }

    private void tally(Known known, int runs, int models) throws SQLException {
        database.write(
                "INSERT INTO tally(sync, content, commit_id, verdict, runs, models) VALUES (?,?,?,?,?,?)"
                        + " ON CONFLICT DO UPDATE SET runs=runs+excluded.runs, models=models+excluded.models",
                sync,
                known.content(),
                known.commit(),
                known.entry().verdict().name(),
                runs,
                models);
    }

    private void models(long run, long commit, RunEntry entry, List<ModelRecord> models) throws SQLException {
        for (int i = 0; i < models.size(); i++) {
            ModelRecord model = models.get(i);
            database.write(
                    "INSERT INTO models(run, position, sync, name, version, agreed, created, verdict, commit_id)"
                            + " VALUES (?,?,?,?,?,?,?,?,?)",
                    run,
                    i,
                    sync,
                    model.name(),
                    model.version(),
                    model.registration() == ModelRecord.Registration.FOUND ? 1 : 0,
                    entry.createdAt(),
                    entry.verdict().name(),
                    commit);
            if (model.digest() != null) {
                digest(model.digest(), entry.createdAt(), run, i);
            }
        }
        if (attested && !models.isEmpty()) {
            database.write("INSERT OR IGNORE INTO awaited(sync, run) VALUES (?,?)", sync, run);
        }
    }

    /** To what bytes belong. */
    void digest(Digest digest, String created, long run, int position) throws SQLException {
        database.write(
                "INSERT OR IGNORE INTO digests(sync, digest, created, run, position) VALUES (?,?,?,?,?)",
                sync,
                bytes(digest),
                created,
                run,
                position);
    }

    static byte[] bytes(Digest digest) {
        return HexFormat.of().parseHex(digest.hex());
    }

    private long commit(@Nullable CommitId commit) throws SQLException {
        if (commit == null) {
            return 0;
        }
        Optional<Long> known = database.number("SELECT id FROM commits WHERE hex=?", commit.hex());
        if (known.isPresent()) {
            return known.get();
        }
        database.write("INSERT INTO commits(hex) VALUES (?)", commit.hex());
        return commit(commit);
    }

    /** Most runs share where their parts stand with many others. */
    private long content(List<PartPlace> parts) throws SQLException {
        byte[] json = json(parts);
        byte[] digest = bytes(Digest.of(json));
        Optional<Long> known = database.number("SELECT id FROM contents WHERE digest=?", digest);
        if (known.isPresent()) {
            return known.get();
        }
        database.write("INSERT INTO contents(digest, parts) VALUES (?,?)", digest, json);
        long content = content(parts);
        for (PartPlace part : parts) {
            for (Interval interval : part.intervals()) {
                database.write(
                        "INSERT OR IGNORE INTO begins(commit_id, content) VALUES (?,?)",
                        commit(interval.oldest()),
                        content);
            }
        }
        return content;
    }

    private static byte[] json(List<PartPlace> parts) {
        return Json.bytes(Map.of("parts", parts.stream().map(PartPlace::tree).toList()));
    }

    static List<PartPlace> parts(byte[] json) throws SQLException {
        try {
            return Tree.maps(Json.parseObject(json), "parts").stream()
                    .map(PartPlace::read)
                    .toList();
        } catch (JsonException | IllegalArgumentException e) {
            throw new SQLException("a row of contents is damaged: " + e.getMessage(), e);
        }
    }

    static RunEntry entry(byte[] json) throws SQLException {
        try {
            return RunEntry.of(Json.parseObject(json));
        } catch (JsonException | IllegalArgumentException e) {
            throw new SQLException("a row of runs is damaged: " + e.getMessage(), e);
        }
    }

    /** A run that is in the tables. */
    private record Known(long run, long commit, long content, RunEntry entry) {}
}
