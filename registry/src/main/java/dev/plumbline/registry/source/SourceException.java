package dev.plumbline.registry.source;

/** Git could not be read or reached; the operator acts, or time does. The message never holds credentials. */
public sealed class SourceException extends Exception permits FileTooLargeException {

    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    /** Says what was tried on which repository, why it failed and what to do. */
    public SourceException(String message, boolean retryable, Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
    }

    /** Says what was tried on which repository, why it failed and what to do. */
    public SourceException(String message, boolean retryable) {
        super(message);
        this.retryable = retryable;
    }

    /** Whether the same call may succeed later without anybody acting. */
    public boolean retryable() {
        return retryable;
    }
}
