package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.json.Tree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Arguments of a spec, step or task: each has a value that can be had at that place. */
final class ArgumentChecks {

    static final String RULE = "argument-value";

    private static final List<String> OUTPUT_ONLY = List.of("path", "jsonPath", "parameter", "expression");

    private final Problems problems;
    private final NameChecks names;

    ArgumentChecks(Problems problems, NameChecks names) {
        this.problems = problems;
        this.names = names;
    }

    /**
     * Checks names and values.
     *
     * @param emptyAllowed whether values may come later
     */
    void check(@Nullable Object arguments, Place place, String words, boolean emptyAllowed) {
        names.both(arguments, place, words);
        if (!(arguments instanceof Map)) {
            return;
        }
        List<@Nullable Object> parameters = Tree.list(arguments, "parameters");
        for (int i = 0; i < parameters.size(); i++) {
            Map<String, @Nullable Object> parameter = Tree.map(parameters.get(i));
            boolean plain = Shape.has(parameter, "value") && parameter.get("valueFrom") == null;
            if (plain && parameter.get("enum") == null) {
                continue;
            }
            Place at = place.at("parameters").at(i);
            String named = words + "." + Tree.text(parameter, "name");
            source(parameter, at, named, emptyAllowed);
            if (parameter.get("enum") instanceof List<?> options) {
                boolean last = !allowed(options, parameter, at, named, emptyAllowed);
                if (last) {
                    // From here on Argo looks at nothing in this list.
                    return;
                }
            }
        }
        artifacts(arguments, place, words);
    }

    private void source(Map<String, @Nullable Object> parameter, Place place, String words, boolean emptyAllowed) {
        boolean valued = Shape.has(parameter, "value");
        if (!(parameter.get("valueFrom") instanceof Map<?, ?> from)) {
            if (!valued && !emptyAllowed) {
                problems.add(
                        TemplateWalk.MISSING,
                        place,
                        words + ".value or " + words + ".valueFrom is required",
                        "add 'value' or 'valueFrom'");
            }
            return;
        }
        boolean readable = from.get("configMapKeyRef") != null
                || !Tree.text(from, "event").isEmpty()
                || from.get("supplied") != null;
        boolean ofOutput =
                OUTPUT_ONLY.stream().anyMatch(field -> !Tree.text(from, field).isEmpty());
        if (!readable || ofOutput) {
            problems.add(
                    RULE,
                    place.at("valueFrom"),
                    words + ".valueFrom is not one that an argument can have",
                    "use configMapKeyRef, supplied or event; an output is passed as 'value: \"{{tasks.…}}\"'");
        }
    }

    /** Checks an enumeration; false when Argo goes no further in the list. */
    private boolean allowed(
            List<?> options, Map<String, @Nullable Object> parameter, Place place, String words, boolean emptyAllowed) {
        if (options.isEmpty()) {
            problems.add(RULE, place.at("enum"), words + ".enum has no value", "list the values, or remove 'enum'");
            return true;
        }
        String value = Shape.anyText(parameter.get("value"));
        if (value == null) {
            if (!emptyAllowed) {
                problems.add(RULE, place, words + ".value is required, since it has an enum", "add 'value'");
            }
            return !emptyAllowed;
        }
        if (options.stream().noneMatch(option -> value.equals(Shape.anyText(option)))) {
            problems.add(
                    RULE,
                    place.at("value"),
                    words + ".value '" + Fixes.shorten(value, 60) + "' is not in its enum",
                    "use one of the listed values, or add it to them");
        }
        return true;
    }

    private void artifacts(@Nullable Object arguments, Place place, String words) {
        List<@Nullable Object> artifacts = Tree.list(arguments, "artifacts");
        for (int i = 0; i < artifacts.size(); i++) {
            Map<String, @Nullable Object> artifact = Tree.map(artifacts.get(i));
            Place at = place.at("artifacts").at(i);
            String named = words + "." + Tree.text(artifact, "name");
            boolean from = !Tree.text(artifact, "from").isEmpty();
            if (!from && !Shape.isLocated(artifact)) {
                problems.add(
                        TemplateWalk.MISSING,
                        at,
                        named + ".from, a location or a key is required",
                        "add 'from' or a location such as s3.key");
            }
            if (from && !Tree.text(artifact, "fromExpression").isEmpty()) {
                problems.add(RULE, at, named + " has both 'from' and 'fromExpression'", "keep one of them");
            }
        }
    }
}
