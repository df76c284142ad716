package dev.plumbline.registry.git;

import java.time.Duration;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.jspecify.annotations.Nullable;

/** Bounds one exchange with a repository in time: what comes in is bounded by {@link BoundedPack}, what is made of it here. */
final class Patience implements ProgressMonitor {

    /** Longest silence of a remote repository, in seconds. */
    static final int SILENCE_SECONDS = 30;

    /** Longest fetch as a whole. */
    static final Duration FETCH = Duration.ofMinutes(15);

    /** Most branches and tags of a repository. */
    static final int MAX_REFS = 50_000;

    private final long end = System.nanoTime() + FETCH.toNanos();
    private volatile @Nullable String exhausted;

    /** Which bound was passed, or null. */
    @Nullable
    String exhausted() {
        return exhausted;
    }

    @Override
    public void beginTask(String title, int totalWork) {}

    @Override
    public boolean isCancelled() {
        if (exhausted == null && System.nanoTime() - end > 0) {
            exhausted = "it took longer than " + FETCH.toMinutes() + " minutes";
        }
        return exhausted != null;
    }

    @Override
    public void start(int totalTasks) {}

    @Override
    public void update(int completed) {}

    @Override
    public void endTask() {}

    @Override
    public void showDuration(boolean enabled) {}
}
