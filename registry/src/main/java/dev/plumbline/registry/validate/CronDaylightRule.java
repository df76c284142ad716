package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.CronSchedule;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneOffsetTransitionRule;
import java.util.List;

/** A schedule does not fire in the hour that a time zone skips in spring or has twice in autumn. */
final class CronDaylightRule implements UncheckedRule {

    /** The year whose rules are taken for every year: zones that still change their clocks do so by a lasting rule. */
    private static final int YEAR = 2030;

    private static final int MANY_HOURS = 20;

    @Override
    public String id() {
        return "cron-daylight-saving";
    }

    @Override
    public String description() {
        return "No schedule fires in an hour that its time zone skips or has twice.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        String zone = Tree.text(object.content(), "spec", "timezone");
        List<ZoneOffsetTransitionRule> rules = rules(zone);
        if (rules.isEmpty()) {
            return;
        }
        Schedules.of(object).forEach((path, schedule) -> {
            for (ZoneOffsetTransitionRule rule : rules) {
                ZoneOffsetTransition change = rule.createTransition(YEAR);
                // Who fires nearly every hour does not mind one.
                if (schedule.every() == null
                        && schedule.hours().cardinality() < MANY_HOURS
                        && falls(schedule, change)) {
                    report.add(
                            path,
                            "the schedule fires between " + from(change).toLocalTime() + " and "
                                    + to(change).toLocalTime()
                                    + ", which " + zone
                                    + (change.isGap()
                                            ? " skips when its clocks go forward: that run is left out"
                                            : " has twice when its clocks go back: it may run twice"),
                            "choose another hour, or 'timezone: Etc/UTC'");
                    return;
                }
            }
        });
    }

    private static List<ZoneOffsetTransitionRule> rules(String zone) {
        try {
            return zone.isEmpty() || !ZoneId.getAvailableZoneIds().contains(zone)
                    ? List.of()
                    : ZoneId.of(zone).getRules().getTransitionRules();
        } catch (DateTimeException e) {
            return List.of();
        }
    }

    private static LocalDateTime from(ZoneOffsetTransition change) {
        return change.isGap() ? change.getDateTimeBefore() : change.getDateTimeAfter();
    }

    private static LocalDateTime to(ZoneOffsetTransition change) {
        return change.isGap() ? change.getDateTimeAfter() : change.getDateTimeBefore();
    }

    private static boolean falls(CronSchedule schedule, ZoneOffsetTransition change) {
        if (!schedule.months().get(from(change).getMonthValue())) {
            return false;
        }
        for (LocalDateTime at = from(change); at.isBefore(to(change)); at = at.plusMinutes(1)) {
            if (schedule.hours().get(at.getHour()) && schedule.minutes().get(at.getMinute())) {
                // Changes are on Sundays, so a schedule for other weekdays only is safe.
                return schedule.anyWeekday()
                        || schedule.weekdays().get(at.getDayOfWeek().getValue() % 7)
                        || !schedule.anyDay();
            }
        }
        return false;
    }
}
