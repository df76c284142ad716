package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Tree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollback by hand restores what was stored, holds the bad content, and lets everything else through. */
class RollbackTest extends Scenario {

    @Test
    void restoresTheStoredReleaseAndHoldsTheBadContentUntilGitBringsOther(@TempDir Path root) throws Exception {
        try (Desk desk = ready(root)) {
            String good = release(desk);
            desk.replace("pipelines/train/steps/train.sh", "recipe 1", "recipe 2");
            desk.awaitHead(desk.commit("Train with recipe 2"), "APPLIED");

            Desk.Answer answer = desk.plumbline("rollback", "--to", "1", "--reason", "accuracy fell");
            assertEquals(0, answer.code(), answer.text());
            assertEquals(good, release(desk), "the same release, digest by digest");
            assertEquals("trained churn with recipe 1", trained(desk));

            desk.write("README.md", "Nothing that is rendered.\n");
            desk.awaitHead(desk.commit("Touch an unrelated file"), "HELD");
            assertEquals(good, release(desk));
            desk.replace("pipelines/train/account.yaml", "  name: train", "  name: train\n  labels: {team: ml}");
            desk.awaitHead(desk.commit("Touch another object"), "HELD");

            desk.replace("pipelines/train/steps/train.sh", "recipe 2", "recipe 3");
            desk.awaitHead(desk.commit("Train with recipe 3"), "APPLIED");
            assertEquals("trained churn with recipe 3", trained(desk));
        }
    }

    @Test
    void worksWithTheRepositoryGone(@TempDir Path root) throws Exception {
        try (Desk desk = ready(root)) {
            String good = release(desk);
            desk.replace("pipelines/train/steps/train.sh", "recipe 1", "recipe 2");
            desk.awaitHead(desk.commit("Train with recipe 2"), "APPLIED");
            Files.move(desk.repository(), root.resolve("gone"));

            assertEquals(
                    0,
                    desk.plumbline("rollback", "--reason", "the repository is gone")
                            .code());
            assertEquals(good, release(desk));
            desk.stop();
            desk.start();
            assertEquals(good, release(desk), "and after a restart");
        }
    }

    @Test
    void anUnknownRevisionAndAMissingReasonAreRefused(@TempDir Path root) throws Exception {
        try (Desk desk = ready(root)) {
            Desk.Answer unknown = desk.plumbline("rollback", "--to", "7", "--reason", "x");
            assertEquals(1, unknown.code());
            assertTrue(unknown.text().contains("there is no revision 7"), unknown.text());
            assertEquals(2, desk.plumbline("rollback", "--to", "1").code());
        }
    }

    @Test
    void revertMakesARealCommitThatIsApplied(@TempDir Path root) throws Exception {
        try (Desk desk = ready(root)) {
            String good = release(desk);
            desk.replace("pipelines/train/steps/train.sh", "recipe 1", "recipe 2");
            String bad = desk.commit("Train with recipe 2");
            desk.awaitHead(bad, "APPLIED");

            Desk.Answer answer = desk.plumbline("revert", bad.substring(0, 12));
            assertEquals(0, answer.code(), answer.text());
            desk.awaitHead(desk.head(), "APPLIED");
            assertEquals(good, release(desk));
            assertTrue(desk.git("log", "-1", "--format=%B").contains("This reverts commit " + bad));
            assertTrue(Files.readString(desk.repository().resolve("pipelines/train/steps/train.sh"))
                    .contains("recipe 1"));
        }
    }

    private static String release(Desk desk) {
        return Tree.text(desk.json("sync", "get"), "applied", "release");
    }

    private static String trained(Desk desk) {
        Map<String, @Nullable Object> run = desk.run("train");
        assertEquals("Succeeded", Tree.text(run, "phase"), run.toString());
        return desk.plumbline("logs", Tree.text(run, "name"))
                .text()
                .lines()
                .filter(line -> line.contains("trained"))
                .map(line -> line.substring(line.indexOf(": ") + 2))
                .findFirst()
                .orElse("");
    }
}
