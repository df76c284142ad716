package dev.plumbline.controller.local.python;

/** The private Python environment could not be made, or a program in it did not start. */
public final class PythonException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Says what was tried, why it failed and what to do. */
    public PythonException(String message) {
        super(message);
    }
}
