package dev.plumbline.controller.record;

import dev.plumbline.registry.model.RunId;
import dev.plumbline.registry.models.ModelRegistryException;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.sign.SignException;
import dev.plumbline.registry.store.StoreException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the model registry is asked and told about the runs of one sync. Recording waits for it {@link #PATIENCE} at most, and not at
 * all while it is away: the rest of a run is done by a thread of its own, again until it succeeds. Runs that wait here are pending in
 * the stores too, so that nothing is lost when this ends.
 */
final class RegistryFeed {

    /** How long recording a run waits for the registry: a record is to be durable 2 s after the run ended. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Most runs that wait for the registry: 10,000, of which only their identity is kept. */
    static final int MAX_WAITING = 10_000;

    private final ModelTags models;
    private final Consumer<String> trouble;
    private final Map<RunId, Turn> waiting = new LinkedHashMap<>();
    private final String name;
    private @Nullable Thread thread;
    private @Nullable ModelRegistryException away;
    private long askFrom = System.nanoTime();
    private long takeFrom = System.nanoTime();
    private String said = "";
    private boolean took;
    private boolean closed;

    RegistryFeed(ModelTags models, String name, Consumer<String> trouble) {
        this.models = models;
        this.trouble = trouble;
        this.name = name;
    }

    /** What is left to do for a run, which may be done again. */
    interface Turn {
        void take() throws StoreException, ModelRegistryException, SignException;
    }

    /**
     * The models with what the registry says of them, if it says so at once.
     *
     * @throws ModelRegistryException when it does not; where that is retryable, a turn of the run is to be put
     */
    List<ModelRecord> ask(List<ModelRecord> made) throws ModelRegistryException {
        if (!models.asks(made)) {
            return made;
        }
        ModelRegistryException known = away();
        if (known != null) {
            throw known;
        }
        FutureTask<List<ModelRecord>> answer = new FutureTask<>(() -> models.join(made));
        Thread.ofVirtual().name("model registry question").start(answer);
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw goesAway(new ModelRegistryException(
                    "tried to ask the model registry, failed because it did not answer within " + PATIENCE.toSeconds()
                            + " s",
                    true));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ModelRegistryException why) {
                throw why.retryable() ? goesAway(why) : why;
            }
            throw new IllegalStateException("a model registry's answer that nobody foresaw", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelRegistryException("stopped while the model registry was asked; it is asked again", true);
        }
    }

    /**
     * Something that is left to do for a run, in the place of what waits for the same run.
     *
     * @throws ModelRegistryException when too much waits; trying again later is right
     */
    synchronized void put(RunId id, Turn turn) throws ModelRegistryException {
        if (waiting.size() >= MAX_WAITING && !waiting.containsKey(id)) {
            throw new ModelRegistryException(
                    "the model registry is behind, and " + MAX_WAITING + " runs wait for it; this one is tried again",
                    true);
        }
        if (thread == null && !closed) {
            thread = Thread.ofVirtual().name("model registry " + name).start(this::work);
        }
        waiting.put(id, turn);
        notifyAll();
    }

    /** Whether a turn was taken with success since this was asked last. */
    synchronized boolean tookTurns() {
        boolean did = took;
        took = false;
        return did;
    }

    /** Begins no more turns. */
    synchronized void closing() {
        closed = true;
        waiting.clear();
        notifyAll();
    }

    /** Ends when the turn that is being taken is done with, or hangs; what waits is done by the next recorder. */
    void close() {
        closing();
        Thread last;
        synchronized (this) {
            last = thread;
        }
        try {
            if (last != null) {
                last.join(Recorder.RETRY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try {
            for (RunId id = next(); id != null; id = next()) {
                Turn turn = turn(id);
                if (turn != null) {
                    settle(id, turn, failure(id, turn));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The run whose turn it is; null when no more comes. */
    private synchronized @Nullable RunId next() throws InterruptedException {
        while (!closed) {
            long left = takeFrom - System.nanoTime();
            if (!waiting.isEmpty() && left <= 0) {
                return waiting.keySet().iterator().next();
            }
            if (waiting.isEmpty()) {
                wait();
            } else {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        }
        return null;
    }

    private synchronized @Nullable Turn turn(RunId id) {
        return waiting.get(id);
    }

    private @Nullable Exception failure(RunId id, Turn turn) {
        try {
            turn.take();
            return null;
        } catch (StoreException | ModelRegistryException | SignException e) {
            return e;
        } catch (RuntimeException e) {
            // A form that nobody foresaw ends this one run, not the feed.
            trouble.accept("what is left to do about run " + id + " stumbled over a bug to report: " + e);
            return null;
        }
    }

    /** What failed goes behind the others, so that one run whose turn always fails holds up none of them. */
    private void settle(RunId id, Turn turn, @Nullable Exception failure) {
        String say = "";
        synchronized (this) {
            if (closed) {
                return;
            }
            if (waiting.remove(id, turn) && failure != null) {
                waiting.put(id, turn);
            }
            if (failure == null) {
                away = null;
                said = "";
                took = true;
            } else {
                takeFrom = System.nanoTime() + Recorder.RETRY.toNanos();
                if (failure instanceof ModelRegistryException why) {
                    away = why;
                }
                say = news(failure);
            }
        }
        if (!say.isEmpty()) {
            trouble.accept(say);
        }
    }

    private ModelRegistryException goesAway(ModelRegistryException why) {
        String say;
        synchronized (this) {
            away = why;
            askFrom = System.nanoTime() + Recorder.RETRY.toNanos();
            say = news(why);
        }
        if (!say.isEmpty()) {
            trouble.accept(say);
        }
        return why;
    }

    /** Why the registry is not asked now; null where it may be. One that answers, but slowly, is asked from time to time. */
    private synchronized @Nullable ModelRegistryException away() {
        if (away == null && askFrom > System.nanoTime()) {
            return new ModelRegistryException("the model registry was too slow a moment ago", true);
        }
        return away;
    }

    /** Each trouble is said once until something succeeds. */
    private String news(Exception why) {
        String words = String.valueOf(why.getMessage());
        if (words.equals(said)) {
            return "";
        }
        said = words;
        return words
                + "; runs are recorded and signed without what it says of their models, which is added when it answers";
    }
}
