package dev.plumbline.registry.review;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plumbline.registry.validate.Examples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleWordsTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            0 2 * * *          | every day at 02:00
            @daily             | every day at 00:00
            @hourly            | every day at minute 0 of every hour
            @every 1h30m       | every 1h30m
            * * * * *          | every day, every minute of every hour
            30 4 * * 1-5       | every Monday to Friday at 04:30
            0 6,18 * * *       | every day at 06:00 and 18:00
            0 0 1 * *          | on day 1 of the month at 00:00
            0 0 1,15 1-3,7 *   | on days 1 and 15 of the month in January to March and July at 00:00
            0 0 13 * 5         | on day 13 of the month and every Friday at 00:00
            0 0 * * 0,6        | every Sunday and Saturday at 00:00
            */15 9-17 * * *    | every day at minutes 0, 15, 30 and 45 of hours 9 to 17
            * 3 * * *          | every day, every minute of hour 3
            5 * * * *          | every day at minute 5 of every hour
            61 * * * *         | "'61 * * * *', which is no schedule: '61' is not within 0 to 59 for the minute"
            """)
    void saysWhenItFires(String schedule, String words) {
        assertEquals(words, ScheduleWords.words(schedule));
    }

    private static String of(String spec) {
        return ScheduleWords.of(Examples.objects("""
                apiVersion: argoproj.io/v1alpha1
                kind: CronWorkflow
                metadata: {name: c}
                spec:\s""" + spec + "\n").getFirst());
    }

    @Test
    void saysByWhichClockAndWhetherAtAll() {
        assertEquals("every day at 02:00, Europe/Berlin", of("{schedules: ['0 2 * * *'], timezone: Europe/Berlin}"));
        assertEquals(
                "every day at 02:00; and every day at 03:00, by the Argo controller's clock, but suspended",
                of("{schedules: ['0 2 * * *', '0 3 * * *'], suspend: true}"));
        assertEquals(
                "never, because it has no schedules, by the Argo controller's clock", of("{schedule: '0 2 * * *'}"));
    }
}
