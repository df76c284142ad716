package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.yaml.YamlScalar;
import org.jspecify.annotations.Nullable;

/** What becomes of a text that a replacement writes into a field with a single value. */
final class WrittenText {

    private WrittenText() {}

    /** The text with the type that it has without quotes, which holds for every text that follows in its place. */
    static YamlScalar untyped(String text, Location by) {
        YamlScalar plain = plain(text, by);
        return new YamlScalar(plain.value(), text, by, YamlScalar.Form.UNTYPED, null);
    }

    /** A name that another object got: without a type, but in the quotes of what was there. */
    static YamlScalar inPlaceOf(YamlScalar old, String name) {
        return old.quoted() ? new YamlScalar(name, old.location()) : untyped(name, old.location());
    }

    /** The text with the type that it has without quotes. */
    static YamlScalar plain(String text, Location by) {
        if (YamlScalar.isRewrittenDate(text)) {
            throw new WrongShapeException(by, "kustomize would write the new text " + text + " as a timestamp");
        }
        return YamlScalar.plain(text, by);
    }

    /** The text with the type of a scalar that was there; {@link YamlScalar.Form#UNFIT} where it does not fit. */
    static YamlScalar typed(YamlScalar like, String text, Location by) {
        if (like.value() instanceof String) {
            return inQuotes(like, text, by);
        }
        YamlScalar read = YamlScalar.plain(text, like.location());
        Object value = read.value();
        boolean fits = switch (like.value()) {
            case null -> value == null;
            case Boolean _ -> value instanceof Boolean;
            case Double _ -> value instanceof Number;
            default -> isWhole(value);
        };
        if (!fits) {
            return new YamlScalar(like.value(), text, by, YamlScalar.Form.UNFIT, null);
        }
        return like.value() instanceof Double && value instanceof Number number
                ? new YamlScalar(number.doubleValue(), text, like.location())
                : read;
    }

    /** A text with quotes; another type is remembered behind them where a patch has put one there. */
    private static YamlScalar inQuotes(YamlScalar like, String text, Location by) {
        Object value = YamlScalar.plain(text, by).value();
        boolean fits = switch (like.form()) {
            case QUOTED_BOOLEAN -> value instanceof Boolean;
            case QUOTED_NUMBER -> value instanceof Number;
            case QUOTED_WHOLE -> isWhole(value);
            default -> true;
        };
        if (!fits) {
            return new YamlScalar(YamlScalar.plain(like.text(), by).value(), text, by, YamlScalar.Form.UNFIT, null);
        }
        return like.quoted()
                ? new YamlScalar(text, text, like.location(), like.form(), null)
                : new YamlScalar(text, like.location());
    }

    private static boolean isWhole(@Nullable Object value) {
        return value instanceof Number && !(value instanceof Double);
    }

    /** Why a text cannot stay where it was put. */
    static String misfit(YamlScalar unfit) {
        return unfit.text() + " cannot replace the " + name(unfit.value()) + " that stood there";
    }

    private static String name(@Nullable Object value) {
        return switch (value) {
            case null -> "empty value";
            case Boolean _ -> "boolean";
            default -> "number";
        };
    }
}
