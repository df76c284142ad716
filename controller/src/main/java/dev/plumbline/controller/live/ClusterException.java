package dev.plumbline.controller.live;

import dev.plumbline.registry.model.ObjectKey;
import org.jspecify.annotations.Nullable;

/** A cluster refused a call or could not be reached. */
public final class ClusterException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient @Nullable ObjectKey object;

    /** Says what was tried on what, why it failed and what to do. */
    public ClusterException(Reason reason, @Nullable ObjectKey object, String message) {
        super(message);
        this.reason = reason;
        this.object = object;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** The object concerned; null where there is none. */
    public @Nullable ObjectKey object() {
        return object;
    }

    /** Whether the same call may succeed later without anybody acting. */
    public boolean retryable() {
        return reason == Reason.UNAVAILABLE;
    }

    /** Why a cluster refused, in the words of the Kubernetes API. */
    public enum Reason {
        /** There is no such object. */
        NOT_FOUND,
        /** There is one already. */
        ALREADY_EXISTS,
        /** A precondition on uid or resourceVersion failed, or another manager owns a field. */
        CONFLICT,
        /** The object is not valid. */
        INVALID,
        /** The watch asked for something too old: list again. */
        GONE,
        /** This cluster does not know the kind, or cannot do what was asked; the message names it. */
        UNSUPPORTED,
        /** Not allowed. */
        FORBIDDEN,
        /** Not reachable, too busy, or the answer was lost: whether it happened is unknown. */
        UNAVAILABLE
    }
}
