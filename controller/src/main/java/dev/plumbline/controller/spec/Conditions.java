package dev.plumbline.controller.spec;

import dev.plumbline.registry.json.Tree;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a custom resource, in the form of {@code metav1.Condition}.
 *
 * @param reason why it stands as it does
 * @param message the same in words, with the names involved
 */
public record Conditions(Reason reason, String message) {

    /** Longest message that is written, in characters (the bound of {@code metav1.Condition}). */
    public static final int MAX_MESSAGE = 32_768;

    /** Types of conditions. */
    public enum Type {
        /** It is as asked. */
        READY("Ready"),
        /** It is on its way. */
        RECONCILING("Reconciling"),
        /** A person must act. */
        STALLED("Stalled");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** Cuts a message that is too long. */
    public Conditions {
        message = message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE - 1) + "…" : message;
    }

    /** What is said of a spec that cannot be followed. */
    public static Conditions invalid(List<SpecProblem> problems) {
        return new Conditions(
                Reason.INVALID_SPEC,
                String.join("; ", problems.stream().map(SpecProblem::toString).toList()));
    }

    /**
     * The list of conditions.
     *
     * @param generation the generation of the spec that they are about
     * @param previous the status as it was read; a condition whose status stays keeps its transition time
     * @param now the time of transitions
     */
    List<Object> list(long generation, Map<String, @Nullable Object> previous, Instant now) {
        List<Object> conditions = new ArrayList<>();
        for (Type type : Type.values()) {
            String status = reason.form().status(type);
            Map<String, @Nullable Object> condition = new LinkedHashMap<>();
            condition.put("type", type.toString());
            condition.put("status", status);
            condition.put("reason", reason.toString());
            condition.put("message", message);
            condition.put("lastTransitionTime", transition(type, status, previous, now));
            condition.put("observedGeneration", generation);
            conditions.add(condition);
        }
        return conditions;
    }

    /** A time as Kubernetes writes it, in whole seconds. */
    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String transition(Type type, String status, Map<String, @Nullable Object> previous, Instant now) {
        return Tree.maps(previous, "conditions").stream()
                .filter(old -> type.toString().equals(old.get("type")) && status.equals(old.get("status")))
                .map(old -> Tree.text(old, "lastTransitionTime"))
                .filter(time -> !time.isEmpty())
                .findFirst()
                .orElse(time(now));
    }
}
