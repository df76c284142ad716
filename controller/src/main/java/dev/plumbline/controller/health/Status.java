package dev.plumbline.controller.health;

import dev.plumbline.registry.json.Tree;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what controllers write about an object.
 *
 * @param object the live object
 */
record Status(Map<String, @Nullable Object> object) {

    /** The whole number at a path; a default where there is none. */
    long number(long otherwise, String... path) {
        return Tree.at(object, path) instanceof Number number ? number.longValue() : otherwise;
    }

    /** The text at a path; empty where there is none. */
    String text(String... path) {
        return Tree.text(object, path);
    }

    /** Whether the flag at a path is set. */
    boolean flag(String... path) {
        return Boolean.TRUE.equals(Tree.at(object, path));
    }

    /** The condition of a type. */
    Optional<Condition> condition(String type) {
        for (Map<String, @Nullable Object> condition : Tree.maps(object, "status", "conditions")) {
            if (type.equals(condition.get("type"))) {
                return Optional.of(new Condition(
                        Tree.text(condition, "status"),
                        Tree.text(condition, "reason"),
                        Tree.text(condition, "message"),
                        condition.get("observedGeneration") instanceof Number number ? number.longValue() : null));
            }
        }
        return Optional.empty();
    }

    /** Whether the condition of a type is {@code True}. */
    boolean isTrue(String type) {
        return condition(type).filter(Condition::isTrue).isPresent();
    }

    /** Set when the controller has not looked at the newest spec yet, so that all else in the status is of an older one. */
    Optional<ObjectHealth> unobserved() {
        long generation = number(0, "metadata", "generation");
        long observed = number(-1, "status", "observedGeneration");
        return observed < generation
                ? Optional.of(ObjectHealth.inProgress("its controller has not seen generation " + generation + " yet"
                        + (observed < 0 ? "" : ", only " + observed)))
                : Optional.empty();
    }

    /**
     * One condition.
     *
     * @param status {@code True}, {@code False} or {@code Unknown}
     * @param reason in one word
     * @param message in words
     * @param observedGeneration the generation that it speaks of; null where it does not say
     */
    record Condition(
            String status,
            String reason,
            String message,
            @Nullable Long observedGeneration) {

        boolean isTrue() {
            return status.equals("True");
        }

        boolean isFalse() {
            return status.equals("False");
        }

        /** Reason and message as one text. */
        String words() {
            return reason.isEmpty() || message.isEmpty() ? reason + message : reason + ": " + message;
        }
    }
}
