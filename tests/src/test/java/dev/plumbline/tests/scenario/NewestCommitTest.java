package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plumbline.registry.json.Tree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The newest commit wins, and history says what was passed over and what was forced away. */
class NewestCommitTest extends Scenario {

    @Test
    void ofFiveCommitsPushedAtOnceOnlyTheNewestIsApplied(@TempDir Path root) throws Exception {
        try (Desk desk = prepared(root)) {
            desk.start();
            desk.awaitHistory("APPLIED", 1);
            desk.stop(); // So that all five are seen by one poll.
            List<String> commits = new ArrayList<>();
            for (int recipe = 2; recipe <= 6; recipe++) {
                desk.replace("pipelines/train/steps/train.sh", "recipe " + (recipe - 1), "recipe " + recipe);
                commits.add(desk.commit("Train with recipe " + recipe));
            }
            desk.start();
            desk.awaitHead(commits.getLast(), "APPLIED");

            Map<String, @Nullable Object> entry = desk.history().getFirst();
            assertEquals(2, desk.history().size());
            assertEquals(commits.subList(0, 4).reversed(), Tree.list(entry, "passedOver"));
        }
    }

    @Test
    void aForcePushIsFollowedAndSaid(@TempDir Path root) throws Exception {
        try (Desk desk = ready(root)) {
            desk.replace("pipelines/train/steps/train.sh", "recipe 1", "recipe 2");
            String away = desk.commit("Train with recipe 2");
            desk.awaitHead(away, "APPLIED");
            desk.replace("pipelines/train/steps/train.sh", "recipe 2", "recipe 3");
            desk.git(
                    "-c",
                    "user.name=Ann",
                    "-c",
                    "user.email=ann@example.org",
                    "commit",
                    "-q",
                    "-a",
                    "--amend",
                    "-m",
                    "Train with recipe 3");
            String forced = desk.head();
            desk.awaitHead(forced, "APPLIED");

            Map<String, @Nullable Object> entry = desk.history().getFirst();
            assertEquals(true, entry.get("forced"));
            assertEquals(away, Tree.text(entry, "previous"));
            desk.await("up says so", () -> desk.said().contains("forced away from " + away.substring(0, 10)));
        }
    }

    @Test
    void aRepositoryThatIsAwayIsSaidAndFollowedAgainWhenItIsBack(@TempDir Path root) throws Exception {
        try (Desk desk = ready(root)) {
            Path away = root.resolve("away");
            java.nio.file.Files.move(desk.repository(), away);
            desk.await("the repository is away", () -> desk.said().contains("SOURCE "));
            desk.await(
                    "its state says so",
                    () -> Tree.text(desk.json("sync", "get"), "message")
                            .contains("tried to read " + desk.repository()));
            java.nio.file.Files.move(away, desk.repository());
            desk.replace("pipelines/train/steps/train.sh", "recipe 1", "recipe 2");
            desk.awaitHead(desk.commit("Train with recipe 2"), "APPLIED");
            desk.await("up says so", () -> desk.said().contains("answers again"));
        }
    }
}
