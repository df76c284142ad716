package dev.plumbline.controller.health;

/**
 * How one object is.
 *
 * @param health in one word
 * @param reason why, in words; empty where the word says all
 */
public record ObjectHealth(Health health, String reason) {

    /** As its spec asks for. */
    public static ObjectHealth current(String reason) {
        return new ObjectHealth(Health.CURRENT, reason);
    }

    /** Its controllers are at work. */
    public static ObjectHealth inProgress(String reason) {
        return new ObjectHealth(Health.IN_PROGRESS, reason);
    }

    /** It needs somebody to act. */
    public static ObjectHealth failed(String reason) {
        return new ObjectHealth(Health.FAILED, reason);
    }

    /** It is not there. */
    public static ObjectHealth notFound() {
        return new ObjectHealth(Health.NOT_FOUND, "the cluster has no such object");
    }

    @Override
    public String toString() {
        return reason.isEmpty() ? health.word() : health.word() + ": " + reason;
    }
}
