package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Tree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Edit a step, commit, run; revert; and each model names the commit that made it. */
class StoryTest extends Scenario {

    @Test
    void anEditIsAppliedAndRevertedAndEachModelNamesItsCommit(@TempDir Path root) throws Exception {
        try (Desk desk = ready(root)) {
            String first = desk.head();
            String old = model(desk);

            desk.replace("pipelines/train/steps/train.sh", "recipe 1", "recipe 2");
            String second = desk.commit("Train with recipe 2");
            desk.awaitHead(second, "APPLIED");
            String edited = model(desk);
            assertEquals(second, commit(desk, edited));
            assertEquals(first, commit(desk, old), "the old model still names the old commit");

            String third = desk.revert();
            desk.awaitHead(third, "APPLIED");
            String reverted = model(desk);
            Map<String, @Nullable Object> provenance = desk.json("provenance", reverted);
            assertEquals("MATCH", Tree.text(provenance, "verdict"));
            assertEquals(third, Tree.text(provenance, "commit", "id"));
            assertTrue(
                    Tree.list(provenance, "range").toString().contains(first),
                    "the range shows that the content equals the first: " + Tree.list(provenance, "range"));
            assertEquals(List.of("3", "2", "1"), revisions(desk));
        }
    }

    private static String model(Desk desk) {
        Map<String, @Nullable Object> run = desk.run("train");
        assertEquals(
                "Succeeded", Tree.text(run, "phase"), desk.plumbline("logs").text() + run + desk.said());
        return "churn:" + Tree.text(run, "uid");
    }

    private static String commit(Desk desk, String model) {
        return Tree.text(desk.json("provenance", model), "commit", "id");
    }

    private static List<String> revisions(Desk desk) {
        return desk.history().stream()
                .filter(entry -> Tree.text(entry, "outcome").equals("APPLIED"))
                .map(entry -> String.valueOf(entry.get("revision")))
                .toList();
    }
}
