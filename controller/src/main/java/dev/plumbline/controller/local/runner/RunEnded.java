package dev.plumbline.controller.local.runner;

/** The runner stops, or the Workflow is gone: whatever the run was doing ends here, and nothing more is written. */
final class RunEnded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RunEnded(String why) {
        super(why, null, false, false);
    }
}
