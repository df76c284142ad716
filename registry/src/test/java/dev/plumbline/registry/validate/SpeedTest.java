package dev.plumbline.registry.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.manifest.Manifest;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long the rules take on a large repository. */
class SpeedTest {

    private static final int TEMPLATES = 1_000;
    private static final long MOST_MILLIS = 1_000;
    private static final int WARM_UP = 6;

    @Test
    void aThousandTemplatesTakeLessThanASecond() {
        List<Manifest> objects = new ArrayList<>();
        int lines = 0;
        for (int i = 0; i < TEMPLATES; i++) {
            String yaml = LongTemplate.yaml(i, "s3://data/");
            lines += yaml.split("\n", -1).length;
            objects.addAll(Examples.objects("t" + i + ".yaml", yaml));
        }
        assertTrue(lines >= TEMPLATES * 150, "lines of a template: " + lines / TEMPLATES);
        long best = Long.MAX_VALUE;
        for (int i = 0; i < WARM_UP; i++) {
            long before = cpuMillis();
            List<Finding> findings = Validator.lint(objects);
            best = Math.min(best, cpuMillis() - before);
            assertEquals(List.of(), findings.stream().limit(3).toList());
        }
        System.out.println(
                "lint of " + TEMPLATES + " templates of " + lines / TEMPLATES + " lines takes " + best + " ms of CPU");
        assertTrue(best <= MOST_MILLIS, best + " ms");
    }

    private static long cpuMillis() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1_000_000;
    }
}
