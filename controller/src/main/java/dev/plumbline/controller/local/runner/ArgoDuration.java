package dev.plumbline.controller.local.runner;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as Argo reads them: a number of seconds, or Go's form ({@code 1h30m}, {@code 250ms}), with days. */
final class ArgoDuration {

    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern WHOLE = Pattern.compile("(\\d+(\\.\\d+)?(ms|us|ns|h|m|s|d))+");
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|us|ns|h|m|s|d)");

    private ArgoDuration() {}

    /** The duration that a text says; null for null and for empty text. */
    static @Nullable Duration parse(@Nullable String text, String field) throws NodeProblem {
        if (text == null || text.isBlank()) {
            return null;
        }
        if (NUMBER.matcher(text).matches()) {
            return nanos(text, 1_000_000_000L);
        }
        if (!WHOLE.matcher(text).matches()) {
            throw new NodeProblem(field + " '" + text + "' is not a duration; write it like 30s, 5m or 1h30m");
        }
        Duration total = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            total = total.plus(nanos(part.group(1), unit(part.group(2))));
        }
        return total;
    }

    private static Duration nanos(String number, long unit) {
        BigDecimal nanos = new BigDecimal(number).multiply(BigDecimal.valueOf(unit));
        return Duration.ofNanos(nanos.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue());
    }

    private static long unit(String name) {
        return switch (name) {
            case "d" -> 86_400_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "s" -> 1_000_000_000L;
            case "ms" -> 1_000_000L;
            case "us" -> 1_000L;
            default -> 1L;
        };
    }
}
