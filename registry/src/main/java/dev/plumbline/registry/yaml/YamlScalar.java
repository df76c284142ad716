package dev.plumbline.registry.yaml;

import dev.plumbline.registry.model.Location;
import org.jspecify.annotations.Nullable;

/**
 * A scalar. Immutable.
 *
 * @param value {@code String}, {@code Boolean}, {@code Long}, {@code BigInteger}, {@code Double} or null, as kustomize reads it
 * @param text the value as written, without quotes; empty for a null that is not spelled out
 * @param location where it was written
 */
public record YamlScalar(@Nullable Object value, String text, Location location) implements YamlNode {

    /** A scalar that was computed. */
    public YamlScalar(@Nullable Object value, Location location) {
        this(value, value == null ? "" : String.valueOf(value), location);
    }

    /** A scalar as it reads when a text is written plainly, without quotes: {@code 5} is a number, {@code no} is text. */
    public static YamlScalar plain(String text, Location location) {
        return new YamlScalar(Scalars.read(text), text, location);
    }

    /** Whether kustomize would take a text that is written plainly for a date, and write it in another form. */
    public static boolean isRewrittenDate(String text) {
        return Scalars.rewrittenDate(text);
    }

    @Override
    public YamlNode copy() {
        return this;
    }

    @Override
    public @Nullable YamlNode child(String step) {
        return null;
    }
}
