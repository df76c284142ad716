package dev.plumbline.registry.argo;

import java.time.DayOfWeek;
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
        if (schedule.every() != null) {
            return after.truncatedTo(ChronoUnit.SECONDS).plus(schedule.every());
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
