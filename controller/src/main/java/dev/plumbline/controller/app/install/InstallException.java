package dev.plumbline.controller.app.install;

/** Installing or uninstalling cannot go on; one clear sentence says what was tried, why it failed and what to do. */
public final class InstallException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Says what was tried, why it failed and what to do. */
    public InstallException(String message) {
        super(message);
    }
}
