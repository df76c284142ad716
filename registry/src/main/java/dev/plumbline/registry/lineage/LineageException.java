package dev.plumbline.registry.lineage;

/** Events could not be handed over; the operator acts, or time does. */
public final class LineageException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    /** Says what was tried where, why it failed and what to do. */
    public LineageException(String message, boolean retryable) {
        super(message);
        this.retryable = retryable;
    }

    /** Whether the same events may be taken later; if not, they themselves are refused. */
    public boolean retryable() {
        return retryable;
    }
}
