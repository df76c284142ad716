package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Tree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was recorded runs again, in the version that ran, or not at all. */
class RerunTest extends Scenario {

    private static final String INLINE = """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata:
              generateName: inline-
            spec:
              entrypoint: main
              templates:
              - name: main
                container:
                  image: example/steps:1
                  command: ["true"]
            """;

    @Test
    void theVersionThatRanRunsAgainAndTheFirstStepThatDiffersIsNamed(@TempDir Path root) throws Exception {
        try (Desk desk = ready(root)) {
            Map<String, @Nullable Object> first = desk.run("train", "model-name=fraud");
            desk.replace("pipelines/train/steps/train.sh", "recipe 1", "recipe 2");
            desk.awaitHead(desk.commit("Train with recipe 2"), "APPLIED");

            Desk.Answer dry = desk.plumbline("rerun", "fraud", "--dry-run");
            assertEquals(0, dry.code(), dry.text());
            assertTrue(dry.text().contains("\"value\" : \"fraud\""), dry.text());
            int runs = Tree.maps(desk.json("runs"), "runs").size();

            Desk.Answer again = desk.plumbline("rerun", Tree.text(first, "name"));
            // The version of a model of this pipeline is the run's uid, which no two runs share.
            assertEquals(1, again.code(), again.text());
            assertTrue(again.text().contains("differ is train."), again.text());
            assertFalse(again.text().contains("check"), again.text());
            assertEquals(runs + 1, Tree.maps(desk.json("runs"), "runs").size());
            Map<String, @Nullable Object> newest =
                    Tree.maps(desk.json("runs"), "runs").getFirst();
            assertEquals(Tree.text(first, "template"), Tree.text(newest, "template"));
            assertTrue(desk.plumbline("logs", Tree.text(newest, "name")).text().contains("recipe 1"), again.text());
        }
    }

    @Test
    void whatIsGoneOrWasNeverRecordedIsRefusedWithTheReason(@TempDir Path root) throws Exception {
        try (Desk desk = ready(root)) {
            Desk.Answer unknown = desk.plumbline("rerun", "nothing-of-that-name");
            assertEquals(1, unknown.code());
            Path file = root.resolve("workflow.yaml");
            Files.writeString(file, INLINE);
            Map<String, @Nullable Object> inline =
                    desk.recorded(Tree.text(desk.json("run", "-f", file.toString()), "name"));
            Desk.Answer own = desk.plumbline("rerun", Tree.text(inline, "name"));
            assertEquals(1, own.code(), own.text());
            assertTrue(own.text().contains("it carried its own templates"), own.text());
        }
    }

    @Test
    void aSecretIsGivenAgainAndMustBeTheSame(@TempDir Path root) throws Exception {
        try (Desk desk = prepared(root)) {
            askForAPassword(desk);
            Map<String, @Nullable Object> run = desk.run("train", "db-password=correct-horse");
            String name = Tree.text(run, "name");
            Desk.Answer missing = desk.plumbline("rerun", name, "--dry-run");
            assertEquals(1, missing.code(), missing.text());
            assertTrue(missing.text().contains("give it with -p db-password=VALUE"), missing.text());
            Desk.Answer wrong = desk.plumbline("rerun", name, "--dry-run", "-p", "db-password=battery");
            assertEquals(1, wrong.code(), wrong.text());
            assertTrue(wrong.text().contains("the parameter db-password was another"), wrong.text());
            Desk.Answer right = desk.plumbline("rerun", name, "--dry-run", "-p", "db-password=correct-horse");
            assertEquals(0, right.code(), right.text());
            for (Desk.Answer answer : List.of(missing, wrong, right)) {
                assertFalse(answer.text().contains("correct-horse"), answer.text());
            }
            Desk.Answer other = desk.plumbline("rerun", name, "--dry-run", "-p", "wait=9");
            assertEquals(1, other.code(), other.text());
        }
    }

    static void askForAPassword(Desk desk) throws Exception {
        desk.replace(
                "pipelines/train/template.yaml",
                "    - name: wait\n      value: '0'\n",
                "    - name: wait\n      value: '0'\n    - name: db-password\n      value: none-of-them\n");
        desk.commit("Ask for a password");
        var _ = desk.started();
    }

    @Test
    void aParameterThatOnlyContainsASecretIsGivenAgainToo(@TempDir Path root) throws Exception {
        try (Desk desk = prepared(root)) {
            desk.replace(
                    "pipelines/train/template.yaml",
                    "    - name: wait\n      value: '0'\n",
                    "    - name: wait\n      value: '0'\n    - name: db-password\n      value: none-of-them\n"
                            + "    - name: source\n      value: nowhere\n");
            desk.commit("Ask for a password");
            desk.start();
            desk.awaitHistory("APPLIED", 1);
            String name = Tree.text(
                    desk.run("train", "db-password=correct-horse", "source=db with correct-horse at ten"), "name");
            Desk.Answer wrong = rerun(desk, name, "db with battery at ten");
            assertEquals(1, wrong.code(), wrong.text());
            assertTrue(wrong.text().contains("the parameter source was another"), wrong.text());
            Desk.Answer right = rerun(desk, name, "db with correct-horse at ten");
            assertEquals(0, right.code(), right.text());
            assertFalse(right.text().contains("correct-horse"), right.text());
        }
    }

    private static Desk.Answer rerun(Desk desk, String name, String source) {
        return desk.plumbline("rerun", name, "--dry-run", "-p", "db-password=correct-horse", "-p", "source=" + source);
    }
}
