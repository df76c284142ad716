package dev.plumbline.registry.query;

import dev.plumbline.registry.run.Verdict;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which runs somebody wants to see.
 *
 * @param commit a commit or {@code R1..R2}; empty for any
 * @param verdict their verdict; null for any
 * @param since created then or later; null for any time
 */
public record RunChoice(
        String commit, @Nullable Verdict verdict, @Nullable Instant since) {

    /** Every run. */
    public static final RunChoice ALL = new RunChoice("", null, null);

    /**
     * Reads what somebody wrote; empty text chooses nothing.
     *
     * @param verdict name of a verdict, in any case
     * @param since a day in UTC, or RFC 3339
     * @throws IllegalArgumentException when there is no such verdict, or it is no time; the message says what is expected
     */
    public static RunChoice of(String commit, String verdict, String since) {
        return new RunChoice(
                commit, verdict.isEmpty() ? null : verdict(verdict), since.isEmpty() ? null : instant(since));
    }

    private static Verdict verdict(String name) {
        return Arrays.stream(Verdict.values())
                .filter(verdict -> verdict.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no verdict " + name + "; there are "
                        + Arrays.stream(Verdict.values()).map(Verdict::name).collect(Collectors.joining(", "))));
    }

    private static Instant instant(String text) {
        try {
            return text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "not a time: " + text
                            + "; expected a day in UTC such as 2026-11-25, or a time with its offset such as"
                            + " 2026-11-25T10:00:00Z or 2026-11-25T12:00:00+02:00",
                    e);
        }
    }
}
