package dev.plumbline.controller.health;

import dev.plumbline.registry.cel.Expression;
import dev.plumbline.registry.cel.ExpressionException;
import dev.plumbline.registry.cel.Values;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule of the user: expressions over {@code object}. The first that holds decides, in the order in progress, failed, current; none
 * is in progress. A field that is not there yet makes an expression not hold.
 */
final class ExpressionRule implements HealthRule {

    private final @Nullable Expression inProgress;
    private final @Nullable Expression failed;
    private final Expression current;

    ExpressionRule(@Nullable Expression inProgress, @Nullable Expression failed, Expression current) {
        this.inProgress = inProgress;
        this.failed = failed;
        this.current = current;
    }

    @Override
    public ObjectHealth of(Map<String, @Nullable Object> object, List<Map<String, @Nullable Object>> related) {
        Object value = Values.of(object);
        try {
            if (inProgress != null && holds(inProgress, value)) {
                return ObjectHealth.inProgress(inProgress.text());
            }
            if (failed != null && holds(failed, value)) {
                return ObjectHealth.failed(failed.text());
            }
            return holds(current, value)
                    ? ObjectHealth.current("")
                    : ObjectHealth.inProgress("not yet: " + current.text());
        } catch (ExpressionException e) {
            return new ObjectHealth(Health.UNKNOWN, "its rule could not be evaluated: " + e.getMessage());
        }
    }

    private static boolean holds(Expression expression, Object object) throws ExpressionException {
        try {
            return Boolean.TRUE.equals(expression.evaluate(name -> name.equals("object") ? object : null));
        } catch (ExpressionException e) {
            if (e.kind() == ExpressionException.Kind.FAILED) {
                return false;
            }
            throw e;
        }
    }
}
