package dev.plumbline.registry.review;

import dev.plumbline.registry.argo.ArgoSyntaxException;
import dev.plumbline.registry.argo.CronSchedule;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * When a CronWorkflow fires, in words. Both a day of the month and a weekday being restricted means either, as cron has it; a
 * CronWorkflow without a time zone fires by the clock of the machine that the Argo controller runs on.
 */
final class ScheduleWords {

    /** More times of a day than this are said as minutes and hours. */
    private static final int MAX_TIMES = 6;

    private static final int MINUTES = 60;
    private static final int HOURS = 24;
    private static final int MONTHS = 12;

    private ScheduleWords() {}

    /** One sentence without its first capital, such as {@code every day at 02:00, Etc/UTC}. */
    static String of(Manifest cron) {
        Map<String, @Nullable Object> content = cron.content();
        List<String> times = new ArrayList<>();
        for (Object schedule : Tree.list(content, "spec", "schedules")) {
            times.add(words(String.valueOf(schedule)));
        }
        String zone = Tree.text(content, "spec", "timezone");
        return (times.isEmpty() ? "never, because it has no schedules" : String.join("; and ", times))
                + (zone.isEmpty() ? ", by the Argo controller's clock" : ", " + zone)
                + (Boolean.TRUE.equals(Tree.at(content, "spec", "suspend")) ? ", but suspended" : "");
    }

    /** The same of one schedule, without its zone. */
    static String words(String schedule) {
        try {
            CronSchedule cron = CronSchedule.parse(schedule);
            return cron.every() != null
                    ? "every "
                            + schedule.substring(schedule.indexOf("@every") + "@every".length())
                                    .strip()
                    : days(cron) + months(cron) + times(cron);
        } catch (ArgoSyntaxException e) {
            return "'" + schedule + "', which is no schedule: " + e.getMessage();
        }
    }

    private static String days(CronSchedule cron) {
        String month =
                "on " + plural("day", cron.days()) + " " + ranges(cron.days(), Integer::toString) + " of the month";
        String week = "every " + ranges(cron.weekdays(), ScheduleWords::weekday);
        if (cron.anyDay()) {
            return cron.anyWeekday() ? "every day" : week;
        }
        return cron.anyWeekday() ? month : month + " and " + week;
    }

    private static String months(CronSchedule cron) {
        return cron.months().cardinality() == MONTHS
                ? ""
                : " in "
                        + ranges(
                                cron.months(), month -> Month.of(month).getDisplayName(TextStyle.FULL, Locale.ENGLISH));
    }

    private static String times(CronSchedule cron) {
        int hours = cron.hours().cardinality();
        int minutes = cron.minutes().cardinality();
        if (hours * minutes <= MAX_TIMES) {
            List<String> times = new ArrayList<>();
            cron.hours().stream()
                    .forEach(hour -> cron.minutes().stream()
                            .forEach(minute -> times.add(String.format(Locale.ROOT, "%02d:%02d", hour, minute))));
            return " at " + listed(times);
        }
        String during = hours == HOURS
                ? " of every hour"
                : " of " + plural("hour", cron.hours()) + " " + ranges(cron.hours(), Integer::toString);
        return minutes == MINUTES
                ? ", every minute" + during
                : " at " + plural("minute", cron.minutes()) + " " + ranges(cron.minutes(), Integer::toString) + during;
    }

    private static String weekday(int sundayIsZero) {
        return DayOfWeek.of(sundayIsZero == 0 ? DayOfWeek.SUNDAY.getValue() : sundayIsZero)
                .getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    private static String plural(String word, BitSet set) {
        return set.cardinality() == 1 ? word : word + "s";
    }

    /** {@code 1 to 5 and 9}. */
    private static String ranges(BitSet set, IntFunction<String> name) {
        List<String> ranges = new ArrayList<>();
        for (int from = set.nextSetBit(0); from >= 0; ) {
            int end = set.nextClearBit(from) - 1;
            if (end - from >= 2) {
                ranges.add(name.apply(from) + " to " + name.apply(end));
            } else {
                for (int one = from; one <= end; one++) {
                    ranges.add(name.apply(one));
                }
            }
            from = set.nextSetBit(end + 1);
        }
        return listed(ranges);
    }

    private static String listed(List<String> parts) {
        int last = parts.size() - 1;
        return last < 1
                ? String.join("", parts)
                : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
    }
}
