package dev.plumbline.registry.yaml;

import dev.plumbline.registry.model.Location;

/** Ends the reading of a document that passes a bound; the parser turns it into a Finding. */
final class BoundPassedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Location location;
    private final String reason;

    BoundPassedException(Location location, String reason) {
        super(location + ": " + reason, null, false, false);
        this.location = location;
        this.reason = reason;
    }

    Location location() {
        return location;
    }

    String reason() {
        return reason;
    }
}
