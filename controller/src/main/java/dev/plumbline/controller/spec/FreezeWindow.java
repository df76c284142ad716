package dev.plumbline.controller.spec;

import dev.plumbline.registry.argo.CronSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** A time in which nothing new is applied; polling, planning and rollback go on. Starts are included, ends are not. */
public sealed interface FreezeWindow {

    /** Most windows that are followed one into the other. */
    int MAX_CHAINED = 1000;

    /** Longest repeating window. */
    Duration MAX_DURATION = Duration.ofDays(31);

    /** Why, for the people who wait. */
    String reason();

    /** When the window that is open at a moment ends; empty when none is. */
    Optional<Instant> openUntil(Instant now);

    /** When the first moment comes in which none of these windows is open; empty when that is now. */
    static Optional<Instant> frozenUntil(List<FreezeWindow> windows, Instant now) {
        Instant end = now;
        for (int i = 0; i < MAX_CHAINED; i++) {
            Instant moment = end;
            Optional<Instant> later = windows.stream()
                    .flatMap(window -> window.openUntil(moment).stream())
                    .max(Instant::compareTo);
            if (later.isEmpty()) {
                break;
            }
            end = later.get();
        }
        return end.equals(now) ? Optional.empty() : Optional.of(end);
    }

    /**
     * A window that comes once.
     *
     * @param start when it begins
     * @param end when it is over
     */
    record Once(Instant start, Instant end, String reason) implements FreezeWindow {
        @Override
        public Optional<Instant> openUntil(Instant now) {
            return now.isBefore(start) || !now.isBefore(end) ? Optional.empty() : Optional.of(end);
        }
    }

    /**
     * A window that comes again and again.
     *
     * @param schedule when it begins, in five fields of cron
     * @param duration how long it lasts, at most {@link #MAX_DURATION}
     * @param zone where the schedule's clock hangs
     */
    record Repeating(CronSchedule schedule, Duration duration, ZoneId zone, String reason) implements FreezeWindow {
        @Override
        public Optional<Instant> openUntil(Instant now) {
            LocalDate today = now.atZone(zone).toLocalDate();
            LocalDate first = now.minus(duration).atZone(zone).toLocalDate();
            for (LocalDate day = today; !day.isBefore(first); day = day.minusDays(1)) {
                Optional<Instant> start = matches(day) ? lastStart(day, now) : Optional.empty();
                if (start.isPresent()) {
                    return start.map(begin -> begin.plus(duration)).filter(now::isBefore);
                }
            }
            return Optional.empty();
        }

        /** Cron's rule: when both the day of the month and the weekday are restricted, either is enough. */
        private boolean matches(LocalDate day) {
            boolean inMonth = schedule.days().get(day.getDayOfMonth());
            boolean inWeek = schedule.weekdays().get(day.getDayOfWeek().getValue() % 7);
            boolean either = !schedule.anyDay() && !schedule.anyWeekday();
            return schedule.months().get(day.getMonthValue()) && (either ? inMonth || inWeek : inMonth && inWeek);
        }

        private Optional<Instant> lastStart(LocalDate day, Instant now) {
            BitSet hours = schedule.hours();
            BitSet minutes = schedule.minutes();
            for (int hour = hours.previousSetBit(23); hour >= 0; hour = hours.previousSetBit(hour - 1)) {
                for (int minute = minutes.previousSetBit(59);
                        minute >= 0;
                        minute = minutes.previousSetBit(minute - 1)) {
                    Instant start = day.atTime(hour, minute).atZone(zone).toInstant();
                    if (!start.isAfter(now)) {
                        return Optional.of(start);
                    }
                }
            }
            return Optional.empty();
        }
    }
}
