package dev.plumbline.controller.health;

/** How an object is, from best to worst (the words of kstatus). */
public enum Health {
    /** It is as its spec asks for. */
    CURRENT("Current"),
    /** Its controllers are at work. */
    IN_PROGRESS("InProgress"),
    /** It is being deleted. */
    TERMINATING("Terminating"),
    /** Its rule could not decide. */
    UNKNOWN("Unknown"),
    /** It is not there. */
    NOT_FOUND("NotFound"),
    /** It will not become current without somebody acting. */
    FAILED("Failed");

    private final String word;

    Health(String word) {
        this.word = word;
    }

    /** The worse of the two. */
    public Health worse(Health other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** As people and statuses write it. */
    public String word() {
        return word;
    }
}
