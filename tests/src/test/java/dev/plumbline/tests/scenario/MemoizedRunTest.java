package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Tree;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that a step takes from a cache belong to the run that made them. */
class MemoizedRunTest extends Scenario {

    private static final String TEMPLATE = "pipelines/train/template.yaml";
    private static final String PLAIN = "  - name: train\n    inputs:";
    private static final String MEMOIZED = """
              - name: train
                memoize:
                  key: same
                  maxAge: 1h
                  cache:
                    configMap:
                      name: train-cache
                inputs:""";

    @Test
    void theyAreFollowedToIt(@TempDir Path root) throws Exception {
        try (Desk desk = prepared(root)) {
            desk.replace(TEMPLATE, PLAIN, MEMOIZED.indent(2).stripTrailing());
            String first = desk.commit("Remember what was trained");
            desk.start();
            desk.awaitHistory("APPLIED", 1);
            Map<String, @Nullable Object> filling = desk.run("train");
            assertEquals("MATCH " + first, verdict(filling), filling + desk.said());

            Map<String, @Nullable Object> remembering = desk.run("train", "wait=1");
            assertEquals("MATCH " + first, verdict(remembering), said(desk, remembering));
            assertTrue(
                    said(desk, remembering).contains("took its results from run " + Tree.text(filling, "name")),
                    said(desk, remembering));

            desk.replace("pipelines/train/steps/train.sh", "recipe 1", "recipe 2");
            desk.awaitHead(desk.commit("Train with recipe 2"), "APPLIED");
            Map<String, @Nullable Object> later = desk.run("train");
            assertEquals("MIXED", Tree.text(later, "verdict"), said(desk, later));
        }
    }

    private static String said(Desk desk, Map<String, @Nullable Object> run) {
        return desk.plumbline("provenance", Tree.text(run, "name"), "-o", "json")
                        .text()
                + desk.said();
    }

    private static String verdict(Map<String, @Nullable Object> run) {
        return Tree.text(run, "verdict") + " " + Tree.text(run, "commit");
    }
}
