package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.Tags;
import dev.plumbline.registry.argo.expr.ExpressionException;
import dev.plumbline.registry.argo.expr.Formula;
import dev.plumbline.registry.json.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Expressions in tags, replaced by their values. As in Argo, one that needs a name that is not known yet stays as written, for a
 * place that knows it; and so does one without a value where nothing says that its names must be known.
 */
final class ExpressionTags {

    /** Names that are known only later, or only in places: what needs them waits. */
    private static final Set<String> LATE = Set.of(
            "item",
            "retries",
            "lastRetry.exitCode",
            "lastRetry.status",
            "lastRetry.duration",
            "lastRetry.message",
            "workflow.status",
            "workflow.failures");

    private final Supplier<Map<String, @Nullable Object>> names;
    private final Predicate<String> strict;
    private final boolean lenient;

    /**
     * Expressions of one place.
     *
     * @param names the values of names; null for an output that is absent. Asked only where there is an expression
     * @param strict the names that must be known here
     */
    ExpressionTags(Supplier<Map<String, @Nullable Object>> names, Predicate<String> strict) {
        this(names, strict, false);
    }

    private ExpressionTags(Supplier<Map<String, @Nullable Object>> names, Predicate<String> strict, boolean lenient) {
        this.names = names;
        this.strict = strict;
        this.lenient = lenient;
    }

    /** Expressions of a place where nothing must be known, and what has no value stays as written. */
    static ExpressionTags lenient(Map<String, @Nullable Object> names) {
        return new ExpressionTags(() -> names, _ -> false, true);
    }

    /** Variables by their names with dots. A name below which there are others is a map of these. */
    record Scope(TreeMap<String, @Nullable Object> names) implements Formula.Variables {

        static Scope of(Map<String, @Nullable Object> names) {
            return new Scope(new TreeMap<>(names));
        }

        @Override
        public @Nullable Object get(String name) {
            if (!begins(name)) {
                return names.get(name);
            }
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            for (String below : names.tailMap(name + ".").keySet()) {
                if (!below.startsWith(name + ".")) {
                    break;
                }
                String rest = below.substring(name.length() + 1);
                String next = rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest;
                if (!map.containsKey(next)) {
                    map.put(next, get(name + "." + next));
                }
            }
            return map;
        }

        @Override
        public boolean known(String name) {
            return names.containsKey(name) || begins(name);
        }

        @Override
        public boolean begins(String name) {
            String first = names.ceilingKey(name + ".");
            return first != null && first.startsWith(name + ".");
        }
    }

    /**
     * A text with the values of its expressions.
     *
     * @throws NodeProblem when one cannot be read, or must have a value and has none; in Argo's words where Argo says it itself
     */
    String replace(String text) throws NodeProblem {
        if (!text.contains("{{=")) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int done = 0;
        Scope scope = null;
        for (Tags.Tag tag : Tags.find(text)) {
            if (!tag.expression()) {
                continue;
            }
            scope = scope == null ? Scope.of(names.get()) : scope;
            String value = value(tag.body(), scope);
            if (value != null) {
                out.append(text, done, tag.start()).append(value);
                done = tag.end();
            }
        }
        return out.append(text, done, text.length()).toString();
    }

    /** The value of an expression as text; null for one that stays as written. */
    private @Nullable String value(String text, Scope scope) throws NodeProblem {
        Formula formula;
        try {
            formula = Formula.parse(text);
        } catch (ExpressionException e) {
            throw new NodeProblem("failed to evaluate expression: " + e.getMessage());
        }
        List<String> missing =
                formula.needs().stream().filter(name -> !scope.known(name)).toList();
        for (String name : missing) {
            if (strict.test(name)) {
                throw new NodeProblem("failed to evaluate expression: " + name + " is missing");
            }
        }
        if (missing.stream().anyMatch(LATE::contains)) {
            return null;
        }
        boolean mayStay = !missing.isEmpty() || lenient;
        try {
            Object value = formula.value(scope);
            if (value == null && !mayStay) {
                throw new NodeProblem("failed to evaluate expression \"" + text + "\"");
            }
            return value == null ? null : Formula.text(value);
        } catch (ExpressionException e) {
            if (mayStay) {
                return null;
            }
            throw new NodeProblem("failed to evaluate expression: " + e.getMessage());
        }
    }

    /** A copy of a map with the values of the expressions in all its texts. */
    Map<String, @Nullable Object> replaceIn(Map<String, @Nullable Object> map) throws NodeProblem {
        return Tree.cast((Map<?, ?>) Objects.requireNonNull(TextTree.changed(map, this::replace)));
    }
}
