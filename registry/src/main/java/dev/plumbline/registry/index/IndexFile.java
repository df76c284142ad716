package dev.plumbline.registry.index;

import dev.plumbline.registry.evidence.EvidenceArchive;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.query.RunIndex;
import dev.plumbline.registry.run.RunJournal;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A file that holds the index of any number of syncs. It is made when it is first asked, and made anew when it is damaged or of
 * another version. Many threads and processes may use it; a thread asks after the other.
 */
public final class IndexFile implements AutoCloseable {

    private final Path file;
    private @Nullable Database database;
    private boolean closed;

    /** Nothing is opened yet. */
    public IndexFile(Path file) {
        this.file = file;
    }

    /**
     * The runs of a sync.
     *
     * @param cluster the cluster that they are recorded for
     * @param archive the evidence about them; null where none is looked at
     */
    public RunIndex runs(String cluster, SyncId sync, RunJournal journal, @Nullable EvidenceArchive archive) {
        return new IndexedRuns(this, sync, new SyncLog(cluster + "/" + sync, journal, archive));
    }

    /**
     * Forgets what is known of a sync and reads all of it again.
     *
     * @return how many runs there are
     * @throws StoreException when the stores cannot be read, or the file cannot be written
     */
    public long rebuild(String cluster, SyncId sync, RunJournal journal, @Nullable EvidenceArchive archive)
            throws StoreException {
        SyncLog log = new SyncLog(cluster + "/" + sync, journal, archive);
        change(database -> {
            Filling filling = new Filling(database, log);
            filling.forget();
            return 0L;
        });
        return fill(log);
    }

    /**
     * Reads what the stores got since, a page at a time, so that questions come between.
     *
     * @return how many runs there are
     */
    long fill(SyncLog log) throws StoreException {
        while (change(database -> new Filling(database, log).page())) {
            // The next page.
        }
        return change(database -> {
            Filling filling = new Filling(database, log);
            filling.evidence();
            return filling.runs();
        });
    }

    private <T> T change(Change<T> change) throws StoreException {
        try {
            return ask(change::of);
        } catch (SourceException e) {
            throw new IllegalStateException("filling an index asks no repository", e);
        }
    }

    /** Asks the database; when it is damaged, a new one is asked. */
    synchronized <T> T ask(Question<T> question) throws StoreException, SourceException {
        try {
            try {
                return question.of(open());
            } catch (SQLException e) {
                if (!Database.damaged(e)) {
                    throw e;
                }
                letGo();
                Database.delete(file);
                return question.of(open());
            }
        } catch (SQLException | IOException e) {
            throw failed(e);
        }
    }

    private Database open() throws SQLException, IOException {
        if (closed) {
            throw new SQLException("it is closed");
        }
        if (database == null) {
            database = Database.open(file);
        }
        return database;
    }

    /** Nothing can be asked any more. */
    @Override
    public synchronized void close() {
        closed = true;
        letGo();
    }

    private void letGo() {
        try {
            if (database != null) {
                database.close();
            }
        } catch (SQLException e) {
            return; // Whatever was not written yet is read from the stores again.
        } finally {
            database = null;
        }
    }

    private StoreException failed(Exception e) {
        return new StoreException(
                "tried to use the index " + file + ", failed because " + e.getMessage()
                        + "; free space or repair the disk; the file may be deleted, it is made again from the store",
                true,
                e);
    }

    /** What is asked. */
    interface Question<T> {
        T of(Database database) throws SQLException, StoreException, SourceException;
    }

    /** What asks no repository. */
    private interface Change<T> {
        T of(Database database) throws SQLException, StoreException;
    }
}
