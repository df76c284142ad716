package dev.plumbline.registry.argo.expr;

/** An expression that cannot be read, or has no value; the message says what is wrong. */
public final class ExpressionException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public ExpressionException(String message) {
        super(message);
    }
}
