package dev.plumbline.registry.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.model.ManyWorkers;
import dev.plumbline.registry.model.Workers;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.source.MapSnapshot;
import dev.plumbline.registry.validate.LongTemplate;
import dev.plumbline.registry.validate.Rule;
import dev.plumbline.registry.validate.RuleExamples;
import dev.plumbline.registry.validate.Rules;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Several workers find what one finds, in the same order. */
class LintWorkersTest {

    private static final int GOOD = 300;

    @Test
    void severalWorkersFindTheSame() throws Exception {
        Map<String, String> files = new TreeMap<>();
        for (Rule rule : Rules.standard()) {
            files.put("examples/" + rule.id() + ".yaml", RuleExamples.bad(rule));
        }
        for (int i = 0; i < GOOD; i++) {
            files.put("templates/" + i + ".yaml", LongTemplate.yaml(i, "s3://data/"));
        }
        LintReport alone = lint(files, Workers.ALONE);
        LintReport together = lint(files, new ManyWorkers());
        assertTrue(
                alone.checked() > GOOD
                        && alone.findings().size() > Rules.standard().size(),
                alone.toString());
        assertEquals(alone.findings(), together.findings());
        assertEquals(alone.checked(), together.checked());
    }

    private static LintReport lint(Map<String, String> files, Workers workers) throws Exception {
        return Linter.once(new Renderer(), workers)
                .lint(MapSnapshot.of(files), LintOptions.STANDARD.withRoots(List.of("examples", "templates")));
    }
}
