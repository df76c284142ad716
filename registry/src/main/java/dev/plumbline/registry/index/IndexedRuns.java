package dev.plumbline.registry.index;

import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.query.HeldBytes;
import dev.plumbline.registry.query.Impact;
import dev.plumbline.registry.query.KnownRun;
import dev.plumbline.registry.query.MadeModel;
import dev.plumbline.registry.query.RunFilter;
import dev.plumbline.registry.query.RunIndex;
import dev.plumbline.registry.query.TouchedRuns;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The runs of one sync in an index. */
final class IndexedRuns implements RunIndex {

    private static final String NEWEST = " ORDER BY created DESC, run DESC LIMIT ?";
    private static final String NEWEST_MODELS = " ORDER BY created DESC, run DESC, position LIMIT ?";
    private final IndexFile file;
    private final SyncId sync;
    private final SyncLog log;

    IndexedRuns(IndexFile file, SyncId sync, SyncLog log) {
        this.file = file;
        this.sync = sync;
        this.log = log;
    }

    @Override
    public void prepare() throws StoreException {
        file.fill(log);
    }

    @Override
    public List<KnownRun> runs(RunFilter filter, int limit) throws StoreException {
        return asked(at -> at.tables.runs(at.tables.found("run, created, 0", "runs", NEWEST, filter, limit)));
    }

    @Override
    public List<MadeModel> models(RunFilter filter, int limit) throws StoreException {
        return asked(at ->
                at.tables.models(at.tables.found("run, created, position", "models", NEWEST_MODELS, filter, limit)));
    }

    @Override
    public Optional<KnownRun> run(String nameOrUid) throws StoreException {
        return asked(at -> {
            List<Found> found = new ArrayList<>();
            // Left to choose, SQLite looks through all runs in the order that is asked for.
            for (String column : List.of("INDEXED BY runs_name WHERE name", "INDEXED BY runs_id WHERE uid")) {
                found.addAll(at.database.rows(
                        "SELECT run, created, 0 FROM runs " + column + "=? AND sync=?" + NEWEST,
                        Found::of,
                        nameOrUid,
                        at.id,
                        1));
            }
            found.sort(Found.NEWEST_FIRST);
            return at.tables.runs(found).stream().findFirst();
        });
    }

    @Override
    public List<MadeModel> claims(String name, @Nullable String version, int limit) throws StoreException {
        String order = " ORDER BY agreed DESC, created DESC, run DESC, position LIMIT ?";
        String select = "SELECT run, created, position FROM models WHERE sync=? AND name=?";
        return asked(at -> at.tables.models(
                version == null
                        ? at.database.rows(select + order, Found::of, at.id, name, limit)
                        : at.database.rows(select + " AND version=?" + order, Found::of, at.id, name, version, limit)));
    }

    @Override
    public Optional<HeldBytes> bytes(Digest digest) throws StoreException {
        return asked(at -> {
            at.filling.evidence();
            List<Found> found = at.database.rows(
                    "SELECT run, created, position FROM digests WHERE sync=? AND digest=?" + NEWEST_MODELS,
                    Found::of,
                    at.id,
                    EntryWriter.bytes(digest),
                    1);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            KnownRun run = at.tables.runs(found).getFirst();
            int position = found.getFirst().position();
            return Optional.of(new HeldBytes(
                    run, position == EntryWriter.RECORD ? null : run.models().get(position)));
        });
    }

    @Override
    public TouchedRuns touched(Impact impact, int limit) throws StoreException, SourceException {
        return file.ask(database -> {
            At at = at(database);
            return new TouchedContents(at.tables, database, at.id).touched(impact, limit);
        });
    }

    private <T> T asked(Asked<T> question) throws StoreException {
        try {
            return file.ask(database -> question.of(at(database)));
        } catch (SourceException e) {
            throw new IllegalStateException("this question asks no repository", e);
        }
    }

    private At at(Database database) throws SQLException, StoreException {
        Filling filling = new Filling(database, log);
        filling.toTheEnd();
        return new At(database, filling, filling.sync(), new SyncTables(sync, database, filling.sync()));
    }

    /** A question to the runs as they are now. */
    private interface Asked<T> {
        T of(At at) throws SQLException, StoreException;
    }

    /** The file, up to date. */
    private record At(Database database, Filling filling, long id, SyncTables tables) {}
}
