package dev.plumbline.controller.app;

/** The program cannot start; one clear sentence says why and what to do. */
public final class StartException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Says what was tried, why it failed and what to do. */
    public StartException(String message) {
        super(message);
    }
}
