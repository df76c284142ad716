package dev.plumbline.controller.cli;

/** A command cannot go on; its message is printed as one sentence. */
final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The thing checked is wrong. */
    static final int WRONG = 1;

    /** Usage or environment. */
    static final int ENVIRONMENT = 2;

    private final int exitCode;

    CommandException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
