package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;

/** A node is not what a transformer needs there. Every transformer turns it into a Finding. */
final class WrongShapeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Location place;
    private final String reason;

    WrongShapeException(Location place, String reason) {
        super(place + ": " + reason, null, false, false);
        this.place = place;
        this.reason = reason;
    }

    Location place() {
        return place;
    }

    String reason() {
        return reason;
    }
}
