package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.yaml.YamlScalar;
import org.jspecify.annotations.Nullable;

/** What becomes of a text that a replacement writes into a field with a single value. */
final class WrittenText {

    private WrittenText() {}

    /** The text with the type that it has without quotes. */
    static YamlScalar plain(String text, Location by) {
        if (YamlScalar.isRewrittenDate(text)) {
            throw new WrongShapeException(by, "kustomize would write the new text " + text + " as a timestamp");
        }
        return YamlScalar.plain(text, by);
    }

    /** The text with the type of a scalar that was there. */
    static YamlScalar typed(YamlScalar like, String text, Location by) {
        if (like.value() instanceof String) {
            return new YamlScalar(text, like.location());
        }
        YamlScalar read = YamlScalar.plain(text, like.location());
        Object value = read.value();
        boolean fits = switch (like.value()) {
            case null -> value == null;
            case Boolean _ -> value instanceof Boolean;
            case Double _ -> value instanceof Number;
            default -> value instanceof Number && !(value instanceof Double);
        };
        if (!fits) {
            throw new WrongShapeException(
                    by, text + " cannot replace the " + name(like.value()) + " at " + like.location());
        }
        return like.value() instanceof Double && value instanceof Number number
                ? new YamlScalar(number.doubleValue(), text, like.location())
                : read;
    }

    private static String name(@Nullable Object value) {
        return switch (value) {
            case null -> "empty value";
            case Boolean _ -> "boolean";
            default -> "number";
        };
    }
}
