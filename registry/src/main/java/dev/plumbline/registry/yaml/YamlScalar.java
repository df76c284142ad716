package dev.plumbline.registry.yaml;

import dev.plumbline.registry.model.Location;
import org.jspecify.annotations.Nullable;

/**
 * A scalar. Immutable.
 *
 * @param value {@code String}, {@code Boolean}, {@code Long}, {@code BigInteger}, {@code Double} or null, as kustomize reads it
 * @param text the value as written, without quotes; empty for a null that is not spelled out
 * @param location where it was written
 * @param form how it was written, and what follows for whatever is put in its place
 * @param shared set where it was put into several maps at once
 */
public record YamlScalar(
        @Nullable Object value,
        String text,
        Location location,
        Form form,
        @Nullable Shared shared) implements YamlNode {

    /** What kustomize keeps of a scalar beside its text: its style, and the type it once had. */
    public enum Form {
        /** Without quotes; the text has the type that it reads as. */
        PLAIN,
        /** In quotes: whatever a patch puts in its place becomes text too. */
        QUOTED,
        /** As a block with {@code |}, for which the same holds; its lines are those of the file. */
        LITERAL,
        /** As a block with {@code >}, which kustomize writes in that form once more. */
        FOLDED,
        /** Computed without a type, so that it has the one that its text reads as, also when another text is put there. */
        UNTYPED,
        /**
         * A text that was put in place of a plain value and does not fit its type: {@code value} is still what was there. kustomize
         * goes on with it, and fails only if nothing else takes the place before the object is read again.
         */
        UNFIT,
        /** A boolean that a patch has put in place of a quoted text: in quotes, but nothing else than a boolean may follow. */
        QUOTED_BOOLEAN,
        /** The same with a whole number. */
        QUOTED_WHOLE,
        /** The same with any number. */
        QUOTED_NUMBER;

        boolean isQuoted() {
            return this != PLAIN && this != UNTYPED && this != UNFIT;
        }

        /** The form of a scalar that is put in place of one with this form, which is quoted. */
        private Form followedBy(YamlScalar next) {
            return switch (next.value) {
                case Boolean _ -> QUOTED_BOOLEAN;
                case Double _ -> QUOTED_NUMBER;
                case Number _ -> QUOTED_WHOLE;
                case null, default -> next.form.compareTo(UNFIT) > 0 ? next.form : this == FOLDED ? FOLDED : QUOTED;
            };
        }
    }

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
        this(value, text, location, Form.PLAIN, null);
    }

    /** A scalar that was computed. */
    public YamlScalar(@Nullable Object value, Location location) {
        this(value, value == null ? "" : String.valueOf(value), location);
    }

    /** A scalar as it reads when a text is written plainly, without quotes: {@code 5} is a number, {@code no} is text. */
    public static YamlScalar plain(String text, Location location) {
        return new YamlScalar(Scalars.read(text), text, location);
    }

    /** A text that was computed, of which kustomize notes no type. */
    public static YamlScalar untyped(String text, Location location) {
        return new YamlScalar(text, text, location, Form.UNTYPED, null);
    }

    /** Whether it stands in quotes or as a block. */
    public boolean quoted() {
        return form.isQuoted();
    }

    /** What holds when this is put in place of another scalar: quotes stay, and shared ones are still shared. */
    public YamlScalar inPlaceOf(YamlScalar old) {
        if (!old.quoted() && old.shared == null) {
            return quoted() || shared != null ? new YamlScalar(value, text, location) : this;
        }
        Shared next = old.shared == null ? null : new Shared(old.shared.name(), old.shared.generation() + 1);
        return old.quoted()
                ? new YamlScalar(text, text, location, old.form.followedBy(this), next)
                : new YamlScalar(value, text, location, form == Form.UNFIT ? form : Form.PLAIN, next);
    }

    /** Whether kustomize would take a text that is written plainly for a date, and write it in another form. */
    public static boolean isRewrittenDate(String text) {
        return Scalars.rewrittenDate(text);
    }

    /** What kubectl takes this text for where it is plain: {@code yes} is true, {@code off} false; null where it stays text. */
    public @Nullable Boolean booleanToKubectl() {
        return (quoted() || !(value instanceof String) || !Scalars.booleanToKubectl(text))
                ? null
                : Boolean.valueOf(text.matches("(?i)y|yes|on"));
    }

    /** Whether Go's writer puts a text into quotes or a block. */
    public static boolean needsQuotes(String text) {
        return GoScalar.hasAnotherMeaning(text) || !GoScalar.of(text).plain();
    }

    /** Whether Go's reader takes a text of one line, written as it is, for something else; what it cannot read is text to kustomize. */
    public static boolean isReadAsAnother(String text) {
        return GoReading.isAnother(text);
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
