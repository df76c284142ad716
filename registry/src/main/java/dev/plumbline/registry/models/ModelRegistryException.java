package dev.plumbline.registry.models;

/** A model registry could not be reached or refused; the operator acts, or time does. */
public final class ModelRegistryException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    /** Says what was tried where, why it failed and what to do. */
    public ModelRegistryException(String message, boolean retryable) {
        super(message);
        this.retryable = retryable;
    }

    /** Whether the same call may succeed later without anybody acting. */
    public boolean retryable() {
        return retryable;
    }
}
