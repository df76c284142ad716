package dev.plumbline.registry.argo;

import java.util.List;

/** Paths of fields as text, in the form that Kubernetes' own messages have. */
final class Paths {

    private Paths() {}

    static String text(List<String> path) {
        StringBuilder text = new StringBuilder();
        for (String step : path) {
            if (!step.isEmpty() && step.chars().allMatch(Character::isDigit)) {
                text.append('[').append(step).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(step);
            }
        }
        return text.toString();
    }
}
