package dev.plumbline.registry.cel;

import dev.cel.common.CelErrorCode;
import dev.cel.common.types.CelType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelUnknownSet;
import dev.cel.runtime.Program;
import dev.plumbline.registry.cel.ExpressionException.Kind;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A compiled expression. Immutable and safe for many threads. */
public final class Expression {

    private static final Pattern PLACE = Pattern.compile("evaluation error(?: at [^:]*:[0-9]+)?: (.*)", Pattern.DOTALL);
    private static final Pattern MISSING_KEY = Pattern.compile("key '(.*)' is not present in map\\.?", Pattern.DOTALL);

    private final String text;
    private final CelType type;
    private final Program program;

    Expression(String text, CelType type, Program program) {
        this.text = text;
        this.type = type;
        this.program = program;
    }

    /** As written. */
    public String text() {
        return text;
    }

    CelType type() {
        return type;
    }

    /**
     * Its value: {@code Boolean}, {@code String}, {@code Long}, {@code Double}, null, or a value that only other expressions use.
     *
     * @param inputs the values of {@code object} and so on, each as {@link Values#of} makes it; null where there is none of the name
     * @throws ExpressionException {@code FAILED} or {@code OVER_BUDGET}
     */
    public @Nullable Object evaluate(Function<String, @Nullable Object> inputs) throws ExpressionException {
        return Values.back(raw(inputs));
    }

    /** The same as CEL's own value. */
    Object raw(Function<String, @Nullable Object> inputs) throws ExpressionException {
        try {
            Object value = Meter.run(() -> program.eval(name -> Optional.ofNullable(inputs.apply(name))));
            if (value instanceof CelUnknownSet) {
                throw new ExpressionException(Kind.FAILED, "the value is not known");
            }
            return value;
        } catch (CelEvaluationException e) {
            throw failed(e);
        }
    }

    private static ExpressionException failed(CelEvaluationException e) {
        if (e.getErrorCode() == CelErrorCode.ITERATION_BUDGET_EXCEEDED) {
            return new ExpressionException(
                    Kind.OVER_BUDGET, "more than " + Meter.MAX_ITERATIONS + " iterations in one evaluation");
        }
        Throwable before = e;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof Meter.OverBudget) {
                return new ExpressionException(Kind.OVER_BUDGET, Meter.OverBudget.TEXT);
            }
            if (cause instanceof ExpressionException inner) {
                return new ExpressionException(inner.kind(), String.valueOf(before.getMessage()));
            }
            before = cause;
        }
        String message = String.valueOf(e.getMessage());
        Matcher place = PLACE.matcher(message);
        message = place.matches() ? place.group(1) : message;
        Matcher key = MISSING_KEY.matcher(message);
        return new ExpressionException(Kind.FAILED, key.matches() ? "no such key: " + key.group(1) : message);
    }
}
