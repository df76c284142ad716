package dev.plumbline.registry.query;

import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one sync, found in the ways that questions need. Every answer is what the stores say at the time of the question:
 * an index of its own is brought up to date first. Newest first means by the time of creation, then by the place in the log; of
 * the models of one run the order is that of the run. Many threads may ask.
 */
public interface RunIndex {

    /** Reads what there is, so that the first question need not wait for it. */
    void prepare() throws StoreException;

    /** Runs that a filter takes, newest first, at most {@code limit}. */
    List<KnownRun> runs(RunFilter filter, int limit) throws StoreException;

    /** Models of the runs that a filter takes, those of the newest run first, at most {@code limit}. */
    List<MadeModel> models(RunFilter filter, int limit) throws StoreException;

    /** The newest run of this name or uid. */
    Optional<KnownRun> run(String nameOrUid) throws StoreException;

    /**
     * Runs that say they made a model: those that the model registry agrees with first, each kind newest first, at most
     * {@code limit}.
     *
     * @param version null for any
     */
    List<MadeModel> claims(String name, @Nullable String version, int limit) throws StoreException;

    /**
     * To what bytes belong: of the newest run that has to do with them the first model whose digest they have or whose signed
     * evidence lists them, else its record.
     */
    Optional<HeldBytes> bytes(Digest digest) throws StoreException;

    /**
     * Runs that a revert would touch.
     *
     * @param limit most that are listed; all are counted
     */
    TouchedRuns touched(Impact impact, int limit) throws StoreException, SourceException;
}
