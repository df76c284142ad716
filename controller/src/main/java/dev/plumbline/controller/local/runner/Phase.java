package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.TaskResult;
import org.jspecify.annotations.Nullable;

/** Phases of runs and nodes in Argo's words. */
final class Phase {

    static final String RUNNING = "Running";
    static final String SUCCEEDED = "Succeeded";
    static final String FAILED = "Failed";
    static final String ERROR = "Error";
    static final String SKIPPED = "Skipped";
    static final String OMITTED = "Omitted";

    private Phase() {}

    /** Whether nothing more happens to a node. */
    static boolean fulfilled(String phase) {
        return result(phase) != null;
    }

    /** Whether a node did not do its work. */
    static boolean bad(String phase) {
        return phase.equals(FAILED) || phase.equals(ERROR);
    }

    /** What {@code depends} calls a phase; null while it is none. */
    static @Nullable TaskResult result(String phase) {
        return switch (phase) {
            case SUCCEEDED -> TaskResult.SUCCEEDED;
            case FAILED -> TaskResult.FAILED;
            case ERROR -> TaskResult.ERRORED;
            case SKIPPED -> TaskResult.SKIPPED;
            case OMITTED -> TaskResult.OMITTED;
            default -> null;
        };
    }
}
