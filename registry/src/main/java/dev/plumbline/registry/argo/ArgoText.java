package dev.plumbline.registry.argo;

import dev.plumbline.registry.json.Json;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** How Argo reads a value that may be written as text, number or boolean (its {@code AnyString}). */
public final class ArgoText {

    private ArgoText() {}

    /** The text of a value; null for null. Numbers are written in full, without an exponent. */
    public static @Nullable String of(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Double number -> plain(number);
            case Number number -> number.toString();
            case Boolean flag -> flag.toString();
            default -> Json.write(value);
        };
    }

    private static String plain(double number) {
        BigDecimal exact = BigDecimal.valueOf(number);
        return (exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros()).toPlainString();
    }
}
