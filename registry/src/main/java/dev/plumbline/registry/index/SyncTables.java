package dev.plumbline.registry.index;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.query.KnownRun;
import dev.plumbline.registry.query.MadeModel;
import dev.plumbline.registry.query.RunFilter;
import dev.plumbline.registry.run.RunEntry;
import dev.plumbline.registry.run.Verdict;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The tables as far as they are about one sync, up to date. */
final class SyncTables {

    private final SyncId sync;
    private final Database database;
    private final long id;

    SyncTables(SyncId sync, Database database, long id) {
        this.sync = sync;
        this.database = database;
        this.id = id;
    }

    List<KnownRun> runs(List<Found> found) throws SQLException {
        Map<Long, KnownRun> known = new HashMap<>();
        for (Found each : found) {
            if (!known.containsKey(each.run())) {
                known.put(each.run(), run(each.run()));
            }
        }
        return found.stream()
                .map(each -> Objects.requireNonNull(known.get(each.run())))
                .toList();
    }

    List<MadeModel> models(List<Found> found) throws SQLException {
        List<KnownRun> runs = runs(found);
        List<MadeModel> models = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            models.add(new MadeModel(
                    runs.get(i), runs.get(i).models().get(found.get(i).position())));
        }
        return models;
    }

    private KnownRun run(long run) throws SQLException {
        RunEntry entry = database.rows(
                        "SELECT entry FROM runs WHERE run=?", row -> EntryWriter.entry(row.getBytes(1)), run)
                .getFirst();
        return new KnownRun(sync, entry, entry.models());
    }

    /**
     * What a filter takes. Where commits are asked for, each of them is looked up with each verdict that its runs have, so
     * that the newest are read from the end of an index, however many there are.
     */
    List<Found> found(String columns, String table, String order, RunFilter filter, int limit) throws SQLException {
        String select = "SELECT " + columns + " FROM " + table + " WHERE sync=?";
        String since = " AND created>=?" + order;
        Verdict verdict = filter.verdict();
        Set<CommitId> commits = filter.commits();
        if (commits == null) {
            return verdict == null
                    ? database.rows(select + since, Found::of, id, filter.firstCreated(), limit)
                    : database.rows(
                            select + " AND verdict=?" + since,
                            Found::of,
                            id,
                            verdict.name(),
                            filter.firstCreated(),
                            limit);
        }
        Newest newest = new Newest(limit, filter.firstCreated());
        for (CommitId commit : commits) {
            for (Group group : groups(commit)) {
                if (verdict == null || verdict.name().equals(group.verdict())) {
                    newest.add(database.rows(
                            select + " AND commit_id=? AND verdict=?" + since,
                            Found::of,
                            id,
                            group.commit(),
                            group.verdict(),
                            newest.since(),
                            limit));
                }
            }
        }
        return newest.found();
    }

    private List<Group> groups(CommitId commit) throws SQLException {
        return database.rows(
                "SELECT DISTINCT commit_id, verdict FROM tally WHERE sync=?"
                        + " AND commit_id=(SELECT id FROM commits WHERE hex=?)",
                row -> new Group(row.getLong(1), row.getString(2)),
                id,
                commit.hex());
    }

    /** Runs of one commit and verdict. */
    private record Group(long commit, String verdict) {}
}
