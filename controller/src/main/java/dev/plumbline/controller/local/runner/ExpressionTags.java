package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.Tags;
import dev.plumbline.registry.argo.expr.DottedNames;
import dev.plumbline.registry.argo.expr.ExpressionException;
import dev.plumbline.registry.argo.expr.Formula;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** The values, once they were asked for. */
    private @Nullable DottedNames known;

    /**
     * Expressions of one place at one moment, used by one thread.
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
        for (Tags.Tag tag : Tags.find(text)) {
            String value = tag.expression() ? value(tag.body(), known()) : null;
            if (value != null) {
                out.append(text, done, tag.start()).append(value);
                done = tag.end();
            }
        }
        return out.append(text, done, text.length()).toString();
    }

    private DottedNames known() {
        DottedNames values = known == null ? DottedNames.of(names.get()) : known;
        known = values;
        return values;
    }

    /** The value of an expression as text; null for one that stays as written. */
    private @Nullable String value(String text, DottedNames scope) throws NodeProblem {
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
}
