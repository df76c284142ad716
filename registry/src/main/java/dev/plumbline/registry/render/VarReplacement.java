package dev.plumbline.registry.render;

import dev.plumbline.registry.yaml.ShortestDecimal;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code $(NAME)} in texts. {@code $$} is one dollar sign, an unknown name stays as it is, and a text that is nothing
 * but one reference takes the type of the value. What a value holds is not looked at again.
 */
final class VarReplacement {

    private final Map<String, YamlScalar> values = new HashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Set<String> usedHere = new HashSet<>();
    private boolean shared;

    /** Maps and lists cannot be put into a text and stay references, as in kustomize. */
    void put(String name, YamlNode value) {
        if (value instanceof YamlScalar scalar) {
            values.put(name, decimal(scalar));
        }
    }

    /** Whether kustomize cannot read a value: a whole number in another form than decimal. */
    static boolean isUnreadable(YamlNode value) {
        return value instanceof YamlScalar scalar
                && scalar.form() != YamlScalar.Form.UNTYPED
                && isWhole(scalar)
                && !isDecimal(scalar.text());
    }

    private static boolean isDecimal(String text) {
        return text.matches("[+-]?[0-9]+")
                && new BigDecimal(text).toBigInteger().bitLength() < Long.SIZE;
    }

    private static boolean isWhole(YamlScalar scalar) {
        return scalar.value() instanceof Number && !(scalar.value() instanceof Double);
    }

    /**
     * Leading zeros, which make a number octal elsewhere, mean nothing here; a null, and what has no type, is the text that it
     * is written as.
     */
    private static YamlScalar decimal(YamlScalar scalar) {
        if (scalar.form() == YamlScalar.Form.UNTYPED) {
            return new YamlScalar(scalar.text(), scalar.location());
        }
        return switch (scalar.value()) {
            case null -> new YamlScalar(scalar.text(), scalar.location());
            case Double number -> new YamlScalar(number, ShortestDecimal.text(number), scalar.location());
            case Number _ -> new YamlScalar(Long.parseLong(scalar.text()), scalar.location());
            default -> scalar;
        };
    }

    boolean isUsed(String name) {
        return used.contains(name);
    }

    /** The names replaced since the last call. */
    Set<String> takeUsed() {
        Set<String> taken = Set.copyOf(usedHere);
        usedHere.clear();
        return taken;
    }

    /** The scalar with its references replaced; what is not text stays. */
    YamlScalar apply(YamlScalar scalar) {
        if (scalar.form() == YamlScalar.Form.UNTYPED) {
            // What has no type is text from here on, also where nothing is replaced in it.
            return replaced(new YamlScalar(scalar.text(), scalar.location()));
        }
        return replaced(scalar);
    }

    private YamlScalar replaced(YamlScalar scalar) {
        if (!(scalar.value() instanceof String text) || text.indexOf('$') < 0) {
            return scalar;
        }
        StringBuilder out = new StringBuilder();
        int done = 0;
        for (int i = text.indexOf('$'); i >= 0 && i + 1 < text.length(); i = text.indexOf('$', done)) {
            out.append(text, done, i);
            char next = text.charAt(i + 1);
            int end = next == '(' ? text.indexOf(')', i) : -1;
            if (end > 0) {
                String name = text.substring(i + 2, end);
                YamlScalar value = value(name);
                if (value != null && text.length() == name.length() + 3) {
                    return unquoted(new YamlScalar(value.value(), alone(value), scalar.location()), scalar);
                }
                out.append(value == null ? "$(" + name + ")" : value.text());
                done = end + 1;
            } else {
                out.append(next == '$' ? "$" : "$" + oneByte(next, scalar));
                done = i + 2;
            }
        }
        return unquoted(new YamlScalar(out.append(text, done, text.length()).toString(), scalar.location()), scalar);
    }

    /** A number that is the whole text has no exponent, where it becomes text after all. */
    private static String alone(YamlScalar value) {
        return value.value() instanceof Double number && number != 0
                ? ShortestDecimal.of(number).toPlainString()
                : value.text();
    }

    /** Quotes go with the reference, so that a number in the place of {@code "$(NAME)"} is one. */
    private YamlScalar unquoted(YamlScalar now, YamlScalar old) {
        shared |= old.shared() != null;
        return now.inPlaceOf(
                new YamlScalar(old.value(), old.text(), old.location(), YamlScalar.Form.PLAIN, old.shared()));
    }

    /** Whether, since the last call, a scalar was replaced that stands in several maps. */
    boolean takeShared() {
        boolean taken = shared;
        shared = false;
        return taken;
    }

    private @Nullable YamlScalar value(String name) {
        YamlScalar value = values.get(name);
        if (value != null) {
            used.add(name);
            usedHere.add(name);
        }
        return value;
    }

    private static char oneByte(char next, YamlScalar scalar) {
        if (next > 0x7f) {
            throw new WrongShapeException(
                    scalar.location(),
                    "kustomize destroys a text with $ in front of " + next + " where vars are replaced");
        }
        return next;
    }
}
