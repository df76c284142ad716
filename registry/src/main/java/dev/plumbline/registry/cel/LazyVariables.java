package dev.plumbline.registry.cel;

import dev.cel.common.exceptions.CelBadFormatException;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The {@code variables} of one evaluation: each is worked out when it is first used, once, and one that fails makes every
 * expression fail that uses it.
 */
public final class LazyVariables extends AbstractMap<Object, Object> {

    private final Map<String, Expression> expressions;
    private final Function<String, @Nullable Object> inputs;
    private final Map<Object, Object> known = new LinkedHashMap<>();

    /**
     * Variables over some inputs.
     *
     * @param expressions by name, each using only those before it
     * @param inputs as for {@link Expression#evaluate}; this map is added to them as {@code variables}
     */
    public LazyVariables(Map<String, Expression> expressions, Function<String, @Nullable Object> inputs) {
        this.expressions = expressions;
        this.inputs = name -> name.equals("variables") ? this : inputs.apply(name);
    }

    /** The inputs with these variables among them. */
    public Function<String, @Nullable Object> inputs() {
        return inputs;
    }

    @Override
    public boolean containsKey(Object key) {
        return expressions.containsKey(key);
    }

    @Override
    public @Nullable Object get(Object key) {
        Object value = known.get(key);
        Expression expression = value == null && key instanceof String name ? expressions.get(name) : null;
        if (expression != null) {
            try {
                value = expression.raw(inputs);
            } catch (ExpressionException e) {
                throw new CelBadFormatException(new IllegalStateException(
                        "composited variable \"" + key + "\" fails to evaluate: " + e.getMessage(), e));
            }
            known.put(key, value);
        }
        return value;
    }

    @Override
    public Set<Map.Entry<Object, Object>> entrySet() {
        Map<Object, Object> all = new LinkedHashMap<>();
        expressions.keySet().forEach(name -> all.put(name, get(name)));
        return all.entrySet();
    }
}
