package dev.plumbline.registry.cel;

/** An expression that could not be compiled or evaluated; the message says why, in the words of an API server where it has some. */
public final class ExpressionException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    ExpressionException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** What sort of failure. */
    public Kind kind() {
        return kind;
    }

    /** Sorts of failures. */
    public enum Kind {
        /** The text does not compile: an API server would refuse the policy that holds it. */
        NOT_VALID,
        /** It asks for something that only a cluster knows, such as {@code authorizer}. */
        NEEDS_CLUSTER,
        /** It failed for this input. */
        FAILED,
        /** It passed a bound of {@link Meter}. */
        OVER_BUDGET
    }
}
