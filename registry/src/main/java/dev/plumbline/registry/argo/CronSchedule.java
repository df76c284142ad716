package dev.plumbline.registry.argo;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A schedule of a CronWorkflow, as Argo's parser reads it: five fields, a name such as {@code @daily}, or {@code @every 1h30m}.
 *
 * @param minutes 0 to 59
 * @param hours 0 to 23
 * @param days 1 to 31
 * @param months 1 to 12
 * @param weekdays 0 (Sunday) to 6
 * @param anyDay whether the day of the month is {@code *}, so that only the weekday counts
 * @param anyWeekday whether the weekday is {@code *}, so that only the day of the month counts
 * @param every the interval of {@code @every}; null for any other form, and then the sets above count
 * @param zone the zone of a {@code TZ=} prefix, which a v4 cluster refuses; null when there is none
 */
public record CronSchedule(
        BitSet minutes,
        BitSet hours,
        BitSet days,
        BitSet months,
        BitSet weekdays,
        boolean anyDay,
        boolean anyWeekday,
        @Nullable Duration every,
        @Nullable String zone) {

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> WEEKDAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final Map<String, String> NAMED = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");
    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)");
    private static final Map<String, Double> SECONDS =
            Map.of("ns", 1e-9, "us", 1e-6, "µs", 1e-6, "μs", 1e-6, "ms", 1e-3, "s", 1.0, "m", 60.0, "h", 3600.0);
    private static final int MAX_LENGTH = 500;

    /**
     * Reads a schedule.
     *
     * @throws ArgoSyntaxException when it is none; the message says what is wrong with which part
     */
    public static CronSchedule parse(String text) throws ArgoSyntaxException {
        String spec = text;
        String zone = null;
        if (spec.length() > MAX_LENGTH) {
            throw new ArgoSyntaxException("it is longer than " + MAX_LENGTH + " characters");
        }
        if (spec.startsWith("TZ=") || spec.startsWith("CRON_TZ=")) {
            int blank = spec.indexOf(' ');
            if (blank < 0) {
                throw new ArgoSyntaxException("nothing follows the time zone");
            }
            zone = spec.substring(spec.indexOf('=') + 1, blank);
            zone(zone);
            spec = spec.substring(blank).trim();
        }
        if (spec.startsWith("@every ")) {
            Duration every = duration(spec.substring("@every ".length()));
            BitSet none = new BitSet();
            return new CronSchedule(none, none, none, none, none, true, true, every, zone);
        }
        String named = NAMED.get(spec);
        if (named == null && spec.startsWith("@")) {
            throw new ArgoSyntaxException("'" + spec + "' is not a known name");
        }
        return fields((named == null ? spec : named).trim().split("\\s+", -1), zone);
    }

    /**
     * The time zone of a name such as {@code Europe/Berlin}; UTC for an empty one.
     *
     * @throws ArgoSyntaxException when there is no such zone
     */
    public static ZoneId zone(String name) throws ArgoSyntaxException {
        if (name.isEmpty()) {
            return ZoneOffset.UTC;
        }
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw new ArgoSyntaxException("timezone '" + name + "' is not known; write one such as Europe/Berlin");
        }
        return ZoneId.of(name);
    }

    /** Whether it fires in a minute of its time zone. {@code @every} fires in none that could be told. */
    public boolean fires(ZonedDateTime minute) {
        boolean day = days.get(minute.getDayOfMonth());
        boolean weekday = weekdays.get(minute.getDayOfWeek().getValue() % 7);
        boolean either = !anyDay && !anyWeekday;
        boolean fits = either ? day || weekday : day && weekday;
        return fits
                && minutes.get(minute.getMinute())
                && hours.get(minute.getHour())
                && months.get(minute.getMonthValue());
    }

    private static CronSchedule fields(String[] fields, @Nullable String zone) throws ArgoSyntaxException {
        if (fields.length != 5 || fields[0].isEmpty()) {
            throw new ArgoSyntaxException(
                    "it has " + (fields[0].isEmpty() ? 0 : fields.length) + " fields instead of 5");
        }
        return new CronSchedule(
                field(fields[0], 0, 59, List.of(), "minute"),
                field(fields[1], 0, 23, List.of(), "hour"),
                field(fields[2], 1, 31, List.of(), "day of the month"),
                field(fields[3], 1, 12, MONTHS, "month"),
                field(fields[4], 0, 6, WEEKDAYS, "weekday"),
                isAny(fields[2]),
                isAny(fields[4]),
                null,
                zone);
    }

    private static boolean isAny(String field) {
        for (String range : field.split(",", -1)) {
            if (range.equals("*") || range.equals("?") || range.equals("*/1") || range.equals("?/1")) {
                return true;
            }
        }
        return false;
    }

    private static BitSet field(String field, int least, int most, List<String> names, String what)
            throws ArgoSyntaxException {
        BitSet bits = new BitSet();
        for (String range : field.split(",", -1)) {
            if (!range.isEmpty()) {
                range(range, least, most, names, what, bits);
            }
        }
        return bits;
    }

    private static void range(String range, int least, int most, List<String> names, String what, BitSet bits)
            throws ArgoSyntaxException {
        String[] stepped = range.split("/", -1);
        String[] ends = stepped[0].split("-", -1);
        if (stepped.length > 2 || ends.length > 2) {
            throw new ArgoSyntaxException("'" + range + "' is not a range of the " + what);
        }
        boolean any = ends[0].equals("*") || ends[0].equals("?");
        int start = any ? least : number(ends[0], least, names, what);
        int end = any ? most : ends.length == 2 ? number(ends[1], least, names, what) : start;
        int step = 1;
        if (stepped.length == 2) {
            step = number(stepped[1], 0, List.of(), what);
            end = ends.length == 1 ? most : end;
        }
        if (start < least || end > most || start > end || step == 0) {
            throw new ArgoSyntaxException(
                    "'" + range + "' is not within " + least + " to " + most + " for the " + what);
        }
        for (int i = start; i <= end; i += step) {
            bits.set(i);
        }
    }

    private static int number(String text, int least, List<String> names, String what) throws ArgoSyntaxException {
        int named = names.indexOf(text.toLowerCase(Locale.ROOT));
        if (named >= 0) {
            return named + least;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new ArgoSyntaxException("'" + text + "' is not a number for the " + what);
        }
        throw new ArgoSyntaxException("'" + text + "' is negative");
    }

    /**
     * Reads a duration in Go's form, such as {@code 1h30m}.
     *
     * @throws ArgoSyntaxException when it is none
     */
    public static Duration duration(String text) throws ArgoSyntaxException {
        String digits = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        if (digits.equals("0")) {
            return Duration.ZERO;
        }
        Matcher matcher = PART.matcher(digits);
        double seconds = 0;
        int at = 0;
        while (matcher.find() && matcher.start() == at) {
            seconds += Double.parseDouble(matcher.group(1)) * SECONDS.getOrDefault(matcher.group(2), 0.0);
            at = matcher.end();
        }
        if (at == 0 || at != digits.length() || seconds > Integer.MAX_VALUE * 4.0) {
            throw new ArgoSyntaxException("'" + text + "' is not a duration such as 90s, 10m or 1h30m");
        }
        return Duration.ofMillis(Math.round(seconds * (text.startsWith("-") ? -1000 : 1000)));
    }
}
