package dev.plumbline.controller.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plumbline.registry.argo.ArgoSyntaxException;
import dev.plumbline.registry.argo.CronSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreezeWindowTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "open", textBlock = """
        # from Friday 16:00 to Monday 06:00 in Berlin; 27 November 2026 is a Friday
        0 16 * * fri   | 62h | Europe/Berlin | 2026-11-27T14:59:59Z | open
        0 16 * * fri   | 62h | Europe/Berlin | 2026-11-27T15:00:00Z | 2026-11-30T05:00:00Z
        0 16 * * fri   | 62h | Europe/Berlin | 2026-11-30T04:59:59Z | 2026-11-30T05:00:00Z
        0 16 * * fri   | 62h | Europe/Berlin | 2026-11-30T05:00:00Z | open
        # the last start of a day counts, and of the day before after midnight
        0,30 8-9 * * * | 20m | UTC           | 2026-11-26T09:49:00Z | 2026-11-26T09:50:00Z
        0,30 8-9 * * * | 20m | UTC           | 2026-11-26T09:20:00Z | open
        0 22 * * *     | 4h  | UTC           | 2026-11-26T01:00:00Z | 2026-11-26T02:00:00Z
        # a day of the month or a weekday, when both are restricted
        0 0 13 * fri   | 24h | UTC           | 2026-11-13T10:00:00Z | 2026-11-14T00:00:00Z
        0 0 13 * fri   | 24h | UTC           | 2026-11-20T10:00:00Z | 2026-11-21T00:00:00Z
        0 0 13 * fri   | 24h | UTC           | 2026-12-13T10:00:00Z | 2026-12-14T00:00:00Z
        0 0 13 * *     | 24h | UTC           | 2026-11-20T10:00:00Z | open
        # 02:30 does not exist on the day when the clock goes forward: it begins at 03:30
        30 2 * * *     | 1h  | Europe/Berlin | 2026-03-29T01:15:00Z | open
        30 2 * * *     | 1h  | Europe/Berlin | 2026-03-29T01:30:00Z | 2026-03-29T02:30:00Z
        """)
    void aRepeatingWindow(String schedule, String duration, String zone, String now, String until)
            throws ArgoSyntaxException {
        FreezeWindow window = new FreezeWindow.Repeating(
                CronSchedule.parse(schedule), CronSchedule.duration(duration), ZoneId.of(zone), "r");
        assertEquals(Optional.ofNullable(until).map(Instant::parse), window.openUntil(Instant.parse(now)));
    }

    @Test
    void windowsThatMeetAreOneFreeze() throws ArgoSyntaxException {
        Instant start = Instant.parse("2026-12-24T12:00:00Z");
        Instant middle = Instant.parse("2026-12-25T00:00:00Z");
        Instant end = Instant.parse("2026-12-27T00:00:00Z");
        List<FreezeWindow> windows =
                List.of(new FreezeWindow.Once(middle, end, "b"), new FreezeWindow.Once(start, middle, "a"));
        assertEquals(Optional.of(end), FreezeWindow.frozenUntil(windows, start));
        assertEquals(Optional.empty(), FreezeWindow.frozenUntil(windows, end));
        assertEquals(Optional.empty(), FreezeWindow.frozenUntil(windows, start.minusSeconds(1)));
        assertEquals(Optional.empty(), FreezeWindow.frozenUntil(List.of(), start));
    }

    @Test
    void aFreezeWithoutEndIsStillAnAnswer() throws ArgoSyntaxException {
        FreezeWindow always = new FreezeWindow.Repeating(
                CronSchedule.parse("0 0 * * *"), Duration.ofHours(24), ZoneId.of("UTC"), "always");
        Instant now = Instant.parse("2026-11-26T12:00:00Z");
        assertEquals(
                Optional.of(Instant.parse("2026-11-27T00:00:00Z").plus(Duration.ofDays(FreezeWindow.MAX_CHAINED - 1))),
                FreezeWindow.frozenUntil(List.of(always), now));
    }
}
