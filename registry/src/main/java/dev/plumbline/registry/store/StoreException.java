package dev.plumbline.registry.store;

/** A store could not be read or written; the operator acts, or time does. */
public final class StoreException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    /** Says what was tried on which key, why it failed and what to do. */
    public StoreException(String message, boolean retryable, Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
    }

    /** Says what was tried on which key, why it failed and what to do. */
    public StoreException(String message, boolean retryable) {
        super(message);
        this.retryable = retryable;
    }

    /** Whether the same call may succeed later without anybody acting. */
    public boolean retryable() {
        return retryable;
    }
}
