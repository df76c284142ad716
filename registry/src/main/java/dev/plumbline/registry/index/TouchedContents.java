package dev.plumbline.registry.index;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.query.Impact;
import dev.plumbline.registry.query.KnownRun;
import dev.plumbline.registry.query.TouchedRuns;
import dev.plumbline.registry.run.Verdict;
import dev.plumbline.registry.source.SourceException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a revert would touch among the runs of one sync: contents are looked at, each once however many runs had it. */
final class TouchedContents {

    private final SyncTables tables;
    private final Database database;
    private final long id;

    TouchedContents(SyncTables tables, Database database, long id) {
        this.tables = tables;
        this.database = database;
        this.id = id;
    }

    TouchedRuns touched(Impact impact, int limit) throws SQLException, SourceException {
        Map<Long, Set<String>> parts = contents(impact);
        Map<Long, Long> contentOf = new HashMap<>();
        Newest found = new Newest(limit, "");
        Sums sums = sums(null);
        long unverifiable = sums.unverifiable();
        long runs = 0;
        long models = 0;
        for (Long content : parts.keySet()) {
            Sums here = sums(content);
            runs += here.runs();
            models += here.models();
            unverifiable -= here.unverifiable();
            List<Found> newest = database.rows(
                    "SELECT run, created, 0 FROM runs WHERE sync=? AND content=? AND created>=?"
                            + " ORDER BY created DESC, run DESC LIMIT ?",
                    Found::of,
                    id,
                    content,
                    found.since(),
                    limit);
            newest.forEach(each -> contentOf.put(each.run(), content));
            found.add(newest);
        }
        List<Found> newest = found.found();
        List<TouchedRuns.Touched> touched = new ArrayList<>();
        List<KnownRun> known = tables.runs(newest);
        for (int i = 0; i < known.size(); i++) {
            Long content = contentOf.get(newest.get(i).run());
            touched.add(new TouchedRuns.Touched(known.get(i), Objects.requireNonNull(parts.get(content))));
        }
        return new TouchedRuns(touched, runs, models, unverifiable);
    }

    /** The contents that a revert would touch, each with the parts of it that would change. */
    private Map<Long, Set<String>> contents(Impact impact) throws SQLException, SourceException {
        Set<Long> begun = new TreeSet<>();
        for (CommitId commit : impact.commits()) {
            begun.addAll(database.rows(
                    "SELECT content FROM begins WHERE commit_id=(SELECT id FROM commits WHERE hex=?)"
                            + " AND EXISTS(SELECT 1 FROM tally t WHERE t.sync=? AND t.content=begins.content)",
                    row -> row.getLong(1),
                    commit.hex(),
                    id));
        }
        Map<Long, Set<String>> touched = new LinkedHashMap<>();
        for (Long content : begun) {
            Set<String> parts = impact.touched(database.rows(
                            "SELECT parts FROM contents WHERE id=?", row -> EntryWriter.parts(row.getBytes(1)), content)
                    .getFirst());
            if (!parts.isEmpty()) {
                touched.put(content, parts);
            }
        }
        return touched;
    }

    private Sums sums(@Nullable Long content) throws SQLException {
        String sums = "SELECT total(runs), total(models), total(runs) FILTER (WHERE verdict='"
                + Verdict.UNVERIFIABLE.name() + "') FROM tally WHERE sync=?";
        Database.Row<Sums> row = each -> new Sums(each.getLong(1), each.getLong(2), each.getLong(3));
        return (content == null
                        ? database.rows(sums, row, id)
                        : database.rows(sums + " AND content=?", row, id, content))
                .getFirst();
    }

    /** How many runs and models there are, and how many of the runs are unverifiable. */
    private record Sums(long runs, long models, long unverifiable) {}
}
