package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;

/** A node is not what a transformer needs there. Every transformer turns it into a Finding. */
final class WrongShapeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Location place;
    private final String reason;
    private final boolean byDecision;

    WrongShapeException(Location place, String reason) {
        this(place, reason, false);
    }

    private WrongShapeException(Location place, String reason, boolean byDecision) {
        super(place + ": " + reason, null, false, false);
        this.place = place;
        this.reason = reason;
        this.byDecision = byDecision;
    }

    /** One that kustomize does not have: what it would make is not imitated here. */
    static WrongShapeException byDecision(Location place, String reason) {
        return new WrongShapeException(place, reason, true);
    }

    /** Whether it is refused by decision. */
    boolean isByDecision() {
        return byDecision;
    }

    Location place() {
        return place;
    }

    String reason() {
        return reason;
    }
}
