package dev.plumbline.registry.argo;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * When a schedule is due, as Argo's cron library counts: on the clock of a zone, so that an hour that daylight saving skips has no
 * run, and one that it repeats has two.
 */
public final class CronTimes {

    /** A date that does not come within these years never comes. */
    private static final int YEARS = 5;

    private CronTimes() {}

    /** The first time after an instant at which a schedule is due; null when there is none. */
    public static @Nullable Instant next(CronSchedule schedule, Instant after, ZoneId zone) {
        Duration every = interval(schedule);
        if (every != null) {
            return after.truncatedTo(ChronoUnit.SECONDS).plus(every);
        }
        ZoneId own = schedule.zone() == null ? zone : ZoneId.of(schedule.zone());
        ZonedDateTime at = after.atZone(own).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        ZonedDateTime end = at.plusYears(YEARS);
        while (at.isBefore(end)) {
            if (!schedule.months().get(at.getMonthValue())) {
                at = at.toLocalDate().withDayOfMonth(1).plusMonths(1).atStartOfDay(own);
            } else if (!day(schedule, at)) {
                at = at.toLocalDate().plusDays(1).atStartOfDay(own);
            } else if (!schedule.hours().get(at.getHour())) {
                at = at.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            } else if (!schedule.minutes().get(at.getMinute())) {
                at = at.plusMinutes(1);
            } else {
                return at.toInstant();
            }
        }
        return null;
    }

    /** The last time after an instant and not after now at which a schedule is due; null when there is none. */
    public static @Nullable Instant latest(CronSchedule schedule, Instant after, Instant now, ZoneId zone) {
        Duration every = interval(schedule);
        if (every != null) {
            Instant from = after.truncatedTo(ChronoUnit.SECONDS);
            long times = Duration.between(from, now).dividedBy(every);
            return times < 1 ? null : from.plus(every.multipliedBy(times));
        }
        Instant latest = null;
        Instant next = next(schedule, after, zone);
        while (next != null && !next.isAfter(now)) {
            latest = next;
            next = next(schedule, next, zone);
        }
        return latest;
    }

    /** Between two times of an {@code @every}: whole seconds and at least one, whatever is written; null for other schedules. */
    private static @Nullable Duration interval(CronSchedule schedule) {
        Duration every = schedule.every();
        return every == null ? null : Duration.ofSeconds(Math.max(1, every.toSeconds()));
    }

    /** Where both days are restricted, either is enough. */
    private static boolean day(CronSchedule schedule, ZonedDateTime at) {
        boolean month = schedule.days().get(at.getDayOfMonth());
        boolean week = schedule.weekdays()
                .get(
                        at.getDayOfWeek() == DayOfWeek.SUNDAY
                                ? 0
                                : at.getDayOfWeek().getValue());
        boolean both = schedule.anyDay() || schedule.anyWeekday();
        return both ? month && week : month || week;
    }
}
