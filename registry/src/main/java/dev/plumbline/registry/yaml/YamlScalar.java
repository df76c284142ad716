package dev.plumbline.registry.yaml;

import dev.plumbline.registry.model.Location;
import org.jspecify.annotations.Nullable;

/**
 * A scalar. Immutable.
 *
 * @param value {@code String}, {@code Boolean}, {@code Long}, {@code BigInteger}, {@code Double} or null, as kustomize reads it
 * @param text the value as written, without quotes; empty for a null that is not spelled out
 * @param location where it was written
 * @param quoted whether it was written in quotes or as a block: whatever is put in its place by a patch becomes text too
 * @param shared set where it was put into several maps at once
 */
public record YamlScalar(
        @Nullable Object value,
        String text,
        Location location,
        boolean quoted,
        @Nullable Shared shared) implements YamlNode {

    /**
     * kustomize puts one and the same node into all maps that a label is added to, so that whoever changes it in one place
     * changes it in all. These have one name; the newest generation holds.
     *
     * @param name what made them
     * @param generation how often they were changed
     */
    public record Shared(String name, int generation) {}

    /** A scalar that was written plainly, or needs quotes because it would read as something else. */
    public YamlScalar(@Nullable Object value, String text, Location location) {
        this(value, text, location, false, null);
    }

    /** A scalar that was computed. */
    public YamlScalar(@Nullable Object value, Location location) {
        this(value, value == null ? "" : String.valueOf(value), location);
    }

    /** A scalar as it reads when a text is written plainly, without quotes: {@code 5} is a number, {@code no} is text. */
    public static YamlScalar plain(String text, Location location) {
        return new YamlScalar(Scalars.read(text), text, location);
    }

    /** What holds when this is put in place of another scalar: quotes stay, and shared ones are still shared. */
    public YamlScalar inPlaceOf(YamlScalar old) {
        if (!old.quoted && old.shared == null) {
            return quoted || shared != null ? new YamlScalar(value, text, location) : this;
        }
        Shared next = old.shared == null ? null : new Shared(old.shared.name(), old.shared.generation() + 1);
        return new YamlScalar(old.quoted ? text : value, text, location, old.quoted, next);
    }

    /** Whether kustomize would take a text that is written plainly for a date, and write it in another form. */
    public static boolean isRewrittenDate(String text) {
        return Scalars.rewrittenDate(text);
    }

    /** What kubectl takes this text for where it is plain: {@code yes} is true, {@code off} false; null where it stays text. */
    public @Nullable Boolean booleanToKubectl() {
        return (quoted || !(value instanceof String) || !Scalars.booleanToKubectl(text))
                ? null
                : Boolean.valueOf(text.matches("(?i)y|yes|on"));
    }

    /** Whether Go's writer puts a text into quotes or a block. */
    public static boolean needsQuotes(String text) {
        return GoScalar.hasAnotherMeaning(text) || !GoScalar.of(text).plain();
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
