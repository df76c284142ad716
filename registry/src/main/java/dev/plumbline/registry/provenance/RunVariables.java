package dev.plumbline.registry.provenance;

import dev.plumbline.registry.argo.Tags;
import dev.plumbline.registry.argo.expr.DottedNames;
import dev.plumbline.registry.argo.expr.ExpressionException;
import dev.plumbline.registry.argo.expr.Formula;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.run.Observation;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The global variables of one run, as Argo puts them into the spec of a Workflow that carries its templates itself (its
 * {@code setGlobalParameters}). What cannot be computed again, such as all labels as JSON at the moment Argo looked, has no value here.
 */
final class RunVariables {

    /** Argo's letters for the time of creation, with what they mean. */
    private static final Map<String, String> TIMES = Map.ofEntries(
            Map.entry("B", "MMMM"),
            Map.entry("b", "MMM"),
            Map.entry("m", "MM"),
            Map.entry("A", "EEEE"),
            Map.entry("a", "EEE"),
            Map.entry("d", "dd"),
            Map.entry("H", "HH"),
            Map.entry("I", "hh"),
            Map.entry("M", "mm"),
            Map.entry("S", "ss"),
            Map.entry("Y", "yyyy"),
            Map.entry("y", "yy"),
            Map.entry("p", "a"));

    private final DottedNames lasting;
    private final DottedNames all;

    private RunVariables(Map<String, @Nullable Object> lasting, Map<String, @Nullable Object> all) {
        this.lasting = DottedNames.of(lasting);
        this.all = DottedNames.of(all);
    }

    /**
     * The variables of a run.
     *
     * @param spec its own spec as Argo left it
     */
    static RunVariables of(Observation run, Map<String, @Nullable Object> spec) {
        Map<String, @Nullable Object> lasting = new TreeMap<>();
        lasting.put("workflow.name", run.name());
        lasting.put("workflow.namespace", run.namespace());
        lasting.put("workflow.uid", run.uid());
        Map<String, @Nullable Object> all = new TreeMap<>(lasting);
        all.put("workflow.mainEntrypoint", Tree.text(spec, "entrypoint"));
        all.put("workflow.serviceAccountName", Tree.text(spec, "serviceAccountName"));
        if (Tree.at(spec, "priority") instanceof Number priority) {
            all.put("workflow.priority", String.valueOf(priority.longValue()));
        }
        created(run.createdAt(), all);
        run.parameters().forEach((name, value) -> all.put("workflow.parameters." + name, value));
        for (String kind : List.of("labels", "annotations")) {
            Tree.map(run.metadata(), kind).forEach((name, value) -> all.put("workflow." + kind + "." + name, value));
        }
        String scheduled = Tree.text(run.metadata(), "annotations", "workflows.argoproj.io/scheduled-time");
        if (!scheduled.isEmpty()) {
            all.put("workflow.scheduledTime", scheduled);
        }
        return new RunVariables(lasting, all);
    }

    /** The clock of Argo's controller is taken to be one of UTC, as in its image. */
    private static void created(String text, Map<String, @Nullable Object> variables) {
        String name = "workflow.creationTimestamp";
        Instant created;
        try {
            created = Instant.parse(text);
        } catch (DateTimeParseException e) {
            return; // Then tags of it have no value that could be compared.
        }
        variables.put(name, text);
        variables.put(name + ".RFC3339", text);
        variables.put(name + ".s", String.valueOf(created.getEpochSecond()));
        variables.put(name + ".Z", "UTC");
        variables.put(name + ".z", "+0000");
        variables.put(name + ".L", ".000");
        TIMES.forEach((letter, pattern) -> variables.put(
                name + "." + letter,
                DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
                        .withZone(ZoneOffset.UTC)
                        .format(created)));
    }

    /** A tree with the values that these variables have now; a tag without one stays as written. */
    Map<String, @Nullable Object> filled(Map<String, @Nullable Object> tree) {
        return map(tree, all);
    }

    /** The same with those alone that nobody can change: name, namespace and uid. */
    Map<String, @Nullable Object> filledWithLasting(Map<String, @Nullable Object> tree) {
        return map(tree, lasting);
    }

    private static @Nullable Object value(@Nullable Object value, DottedNames names) {
        return switch (value) {
            case String text -> text(text, names);
            case Map<?, ?> map -> map(Tree.cast(map), names);
            case List<?> list -> {
                List<@Nullable Object> filled = new ArrayList<>(list.size());
                list.forEach(element -> filled.add(value(element, names)));
                yield filled;
            }
            case null, default -> value;
        };
    }

    /** Argo reads the values back over what is there: a key with a tag stays, beside the one with the value. */
    private static Map<String, @Nullable Object> map(Map<String, @Nullable Object> tree, DottedNames names) {
        Map<String, @Nullable Object> filled = new TreeMap<>(tree);
        tree.forEach((key, value) -> filled.put(text(key, names), value(value, names)));
        return filled;
    }

    private static String text(String text, DottedNames names) {
        if (!text.contains("{{")) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int done = 0;
        for (Tags.Tag tag : Tags.find(text)) {
            String value = tag.expression() ? evaluated(tag.body(), names) : simple(tag.body(), names);
            if (value != null) {
                out.append(text, done, tag.start()).append(value);
                done = tag.end();
            }
        }
        return out.append(text, done, text.length()).toString();
    }

    private static @Nullable String simple(String name, DottedNames names) {
        return names.get(name) instanceof String value ? value : null;
    }

    /** Where Argo allows what has no value, an expression that cannot be evaluated stays as written. */
    private static @Nullable String evaluated(String expression, DottedNames names) {
        try {
            Formula formula = Formula.parse(expression);
            if (!formula.unknownFunctions().isEmpty()
                    || !formula.needs().stream().allMatch(names::known)) {
                return null;
            }
            Object value = formula.value(names);
            return value == null ? null : Formula.text(value);
        } catch (ExpressionException e) {
            return null;
        }
    }
}
