package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.CronSchedule;
import dev.plumbline.registry.manifest.Manifest;
import java.time.Month;
import java.util.List;

/** A schedule fires at some time. Argo takes the 30th of February and waits for ever. */
final class CronNeverRule implements UncheckedRule {

    @Override
    public String id() {
        return "cron-never-fires";
    }

    @Override
    public String description() {
        return "Every schedule of a CronWorkflow fires at some time.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        Schedules.of(object).forEach((path, schedule) -> {
            if (schedule.every() == null && neverFires(schedule)) {
                report.add(
                        path,
                        "the schedule never fires: no month that it names has such a day",
                        "choose a day that the month has");
            }
        });
    }

    /** A weekday that is named is enough in every month; otherwise a month must be long enough. */
    private static boolean neverFires(CronSchedule schedule) {
        for (int month = schedule.months().nextSetBit(0);
                month >= 0;
                month = schedule.months().nextSetBit(month + 1)) {
            int first = schedule.days().nextSetBit(0);
            boolean byDay = first >= 0 && first <= Month.of(month).maxLength();
            boolean byWeekday = !schedule.anyWeekday() && !schedule.weekdays().isEmpty();
            if ((byDay || (byWeekday && !schedule.anyDay())) && hasTime(schedule)) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasTime(CronSchedule schedule) {
        return List.of(schedule.minutes(), schedule.hours(), schedule.weekdays()).stream()
                .noneMatch(java.util.BitSet::isEmpty);
    }
}
