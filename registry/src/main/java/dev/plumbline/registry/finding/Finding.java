package dev.plumbline.registry.finding;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.model.ObjectKey;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Something that the Git author should change.
 *
 * @param rule stable id in kebab case, such as {@code render-unknown-field}
 * @param severity whether it blocks
 * @param location where in the repository; null only where no file is to blame
 * @param object the rendered object concerned, if one is
 * @param message what is wrong, with the names involved
 * @param fix what to do; empty only where the message says it
 */
public record Finding(
        String rule,
        Severity severity,
        @Nullable Location location,
        @Nullable ObjectKey object,
        String message,
        String fix) {

    /** An error at a place. */
    public static Finding error(String rule, Location location, String message, String fix) {
        return new Finding(rule, Severity.ERROR, location, null, message, fix);
    }

    /** A warning at a place. */
    public static Finding warning(String rule, Location location, String message, String fix) {
        return new Finding(rule, Severity.WARNING, location, null, message, fix);
    }

    /** The same, as a warning at most. */
    public Finding asWarning() {
        return isError() ? new Finding(rule, Severity.WARNING, location, object, message, fix) : this;
    }

    /** The same, about this object. */
    public Finding about(ObjectKey key) {
        return new Finding(rule, severity, location, key, message, fix);
    }

    /** Whether it blocks a Release. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** Whether any of these blocks a Release. */
    public static boolean anyError(Collection<Finding> findings) {
        return findings.stream().anyMatch(Finding::isError);
    }

    /** One line: place, severity, message, rule, fix. */
    @Override
    public String toString() {
        String place = location == null ? "" : location + ": ";
        String how = fix.isEmpty() ? "" : "; " + fix;
        return place + severity.name().toLowerCase(java.util.Locale.ROOT) + ": " + message + how + " [" + rule + "]";
    }
}
