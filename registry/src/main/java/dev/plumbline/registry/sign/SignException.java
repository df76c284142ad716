package dev.plumbline.registry.sign;

/** A key could not be used; the operator acts, or time does. */
public final class SignException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Says what was tried with which key, why it failed and what to do. Names no key material. */
    public SignException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Says what was tried with which key, why it failed and what to do. Names no key material. */
    public SignException(String message) {
        super(message);
    }
}
