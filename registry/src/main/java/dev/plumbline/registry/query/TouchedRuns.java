package dev.plumbline.registry.query;

import java.util.List;
import java.util.Set;

/**
 * The runs that a revert would touch.
 *
 * @param newest the newest of them, newest first
 * @param runs how many there are in all
 * @param models how many models those made
 * @param unknown how many further runs are unverifiable
 */
public record TouchedRuns(List<Touched> newest, long runs, long models, long unknown) {

    /** Keeps its own copy. */
    public TouchedRuns {
        newest = List.copyOf(newest);
    }

    /**
     * A run that a revert would touch.
     *
     * @param run the run
     * @param parts references of the parts that would change
     */
    public record Touched(KnownRun run, Set<String> parts) {}
}
