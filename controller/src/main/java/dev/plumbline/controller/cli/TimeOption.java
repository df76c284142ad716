package dev.plumbline.controller.cli;

import dev.plumbline.registry.argo.ArgoSyntaxException;
import dev.plumbline.registry.argo.CronSchedule;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads the times of all options: durations as custom resources and Argo write them, between two bounds. The parser of the command
 * line says which option it was.
 */
abstract class TimeOption implements ITypeConverter<Duration> {

    private final Duration least;
    private final Duration most;

    private TimeOption(Duration least, Duration most) {
        this.least = least;
        this.most = most;
    }

    /** Times between two looks, and waits: up to a day. */
    static final class Wait extends TimeOption {
        Wait() {
            super(Duration.ofMillis(100), Duration.ofHours(24));
        }
    }

    /** How long a lease lasts: a leader renews it seven times meanwhile. */
    static final class Lease extends TimeOption {
        Lease() {
            super(Duration.ofSeconds(1), Duration.ofHours(1));
        }
    }

    /** How long something is kept: up to 30 days. */
    static final class Keep extends TimeOption {
        Keep() {
            super(Duration.ofSeconds(1), Duration.ofDays(30));
        }
    }

    @Override
    public final Duration convert(String text) {
        Duration duration;
        try {
            duration = CronSchedule.duration(text);
        } catch (ArgoSyntaxException e) {
            throw new TypeConversionException("not a time: " + text + "; expected something like 500ms, 2s or 1h30m");
        }
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw new TypeConversionException(
                    text + " is out of range; between " + words(least) + " and " + words(most));
        }
        return duration;
    }

    private static String words(Duration duration) {
        return duration.toMillis() < 1000
                ? duration.toMillis() + "ms"
                : duration.toSeconds() < 3600 ? duration.toSeconds() + "s" : duration.toHours() + "h";
    }
}
