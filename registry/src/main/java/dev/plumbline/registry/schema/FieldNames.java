package dev.plumbline.registry.schema;

import java.util.List;
import java.util.regex.Pattern;

/** Paths in the spelling of the API server: {@code spec.templates[0].name}, {@code metadata.labels[a.b/c]}. */
final class FieldNames {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$-]*");
    private static final Pattern POSITION = Pattern.compile("[0-9]{1,9}");

    private FieldNames() {}

    static String of(List<String> path) {
        StringBuilder text = new StringBuilder();
        for (String step : path) {
            if (POSITION.matcher(step).matches() || !PLAIN.matcher(step).matches()) {
                text.append('[').append(step).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(step);
            }
        }
        return text.toString();
    }
}
