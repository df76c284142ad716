package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Train a model, take its evidence elsewhere, and check it there, with nothing running. */
class EvidenceTest {

    @Test
    void aModelIsVerifiedOfflineUpToItsCommitAndATamperedOneIsNot(@TempDir Path root) throws Exception {
        try (Desk desk = Desk.ready(root)) {
            String model = train(desk);
            desk.await("everything is sealed", () -> {
                Desk.Answer log = desk.plumbline("verify", "--log");
                return log.code() == 0
                        && log.text().contains("runs: 1 entries")
                        && !log.text().contains("not sealed");
            });
            Path anchor = root.resolve("anchor.jsonl");
            answers(0, "verified: log", desk.plumbline("verify", "--log", "--write-anchor", anchor.toString()));
            String repository = desk.repository().toString();
            String[] ref = {"verify", "--log", "--write-anchor", "refs/plumbline/anchor", "--repo", repository};
            answers(0, "verified: log", desk.plumbline(ref));
            answers(0, "the log still holds seal", desk.plumbline(ref));
            lineage(desk);
            desk.stop();

            answers(0, "the log still holds seal", desk.plumbline("verify", "--log", "--anchor", anchor.toString()));
            noAnchors(desk, anchor);
            answers(
                    0,
                    desk.head() + " \"Keep the model\" is what the model was made of",
                    desk.plumbline("verify", model, "--repo", repository));
            gate(desk, model);
            folders(desk, root);
            otherKeysAndRepositories(desk, root, model);
            remove(desk.data().resolve("store/objects"));
            answers(1, "does not have it", desk.plumbline("verify", "--log", "--anchor", anchor.toString()));
        }
    }

    /** A model's files somewhere on disk. */
    private static void folders(Desk desk, Path root) throws Exception {
        Path kept = modelFolder(desk);
        Path weights = kept.resolve("weights");
        answers(0, "the 1 files that were signed, and no other", desk.plumbline("verify", kept.toString()));
        answers(0, "is what the run statement", desk.plumbline("verify", weights.toString()));
        Path empty = Files.createDirectory(root.resolve("empty"));
        answers(1, "holds no file", desk.plumbline("verify", empty.toString()));
        Files.writeString(weights, "other");
        answers(1, "no signed statement in this store knows", desk.plumbline("verify", kept.toString()));
    }

    private static void lineage(Desk desk) throws IOException {
        desk.await("the run is handed over as lineage", () -> desk.lineage().contains("COMPLETE"));
        List<String> events = desk.lineage().lines().toList();
        assertEquals(2, events.size(), events.toString());
        assertTrue(
                events.getFirst().contains("\"START\"") && events.getLast().contains(desk.head()), events.toString());
    }

    /** Who names an anchor relies on it, and one that is not there or is empty holds nothing fast. */
    private static void noAnchors(Desk desk, Path anchor) {
        String repository = desk.repository().toString();
        answers(2, "holds no seal", desk.plumbline("verify", "--log", "--anchor", anchor + "-other"));
        String[] ref = {"verify", "--log", "--anchor", "refs/no/anchor", "--repo", repository};
        answers(2, "holds no seal", desk.plumbline(ref));
    }

    private static void gate(Desk desk, String model) {
        answers(
                1,
                "executor: local satisfies no gate unless it is allowed by name",
                desk.plumbline("verify", model, "--require", "MATCH"));
        answers(
                0,
                "the verdict is MATCH, as required",
                desk.plumbline("verify", model, "--require", "MATCH", "--allow-executor", "local"));
        answers(2, "give both", desk.plumbline("verify", model, "--require", "MATCH", "--tag", "prod"));
        String[] tag = {
            "verify",
            model,
            "--require",
            "MATCH",
            "--allow-executor",
            "local",
            "--repo",
            desk.repository().toString(),
            "--tag",
            "prod"
        };
        answers(1, "is no tag of GTO's", desk.plumbline(tag)); // Its version is no number.
        answers(
                1,
                "the verdict is MATCH (run Succeeded), and DRIFT",
                desk.plumbline("verify", model, "--require", "DRIFT", "--allow-executor", "local"));
    }

    private static void otherKeysAndRepositories(Desk desk, Path root, String model) throws IOException {
        Path bundle = root.resolve("bundle");
        answers(0, "verified", desk.plumbline("verify", model, "--export", bundle.toString()));
        for (String file : new String[] {
            "render.sigstore.json", "run.sigstore.json", "vsa.sigstore.json", "model.sig", "openlineage.jsonl"
        }) {
            assertTrue(Files.size(bundle.resolve(file)) > 0, file);
        }
        answers(
                0,
                "verified",
                desk.plumbline(
                        "verify", model, "--key", bundle.resolve("key.pem").toString()));
        Path other = root.resolve("other");
        answers(0, "made key", CommandLine.run("keys", "create", "--keys", other.toString()));
        answers(1, "not among those that you believe", desk.plumbline("verify", model, "--key", other.toString()));

        Path stranger = root.resolve("stranger");
        try (Desk elsewhere = Desk.prepared(stranger)) {
            answers(
                    1,
                    "is not in " + elsewhere.repository(),
                    desk.plumbline(
                            "verify", model, "--repo", elsewhere.repository().toString()));
        }
    }

    /** A template whose model is an artifact, so that there are bytes to sign. */
    private static String train(Desk desk) throws IOException {
        desk.replace(
                "pipelines/train/template.yaml",
                "          path: /out/version\n",
                "          path: /out/version\n      artifacts:\n      - name: model\n        path: /out/model\n"
                        + "        archive:\n          none: {}\n");
        desk.replace(
                "pipelines/train/steps/train.sh",
                "echo \"trained",
                "mkdir \"$3/model\" && echo weights > \"$3/model/weights\"\necho \"trained");
        desk.awaitHead(desk.commit("Keep the model"), "APPLIED");
        Map<String, @Nullable Object> run = desk.run("train");
        assertEquals(
                "Succeeded", Tree.text(run, "phase"), desk.plumbline("logs").text() + desk.said());
        return "churn:" + Tree.text(run, "uid");
    }

    private static Path modelFolder(Desk desk) throws IOException {
        try (Stream<Path> walk = Files.walk(desk.data().resolve("artifacts"))) {
            return walk.filter(path -> path.getFileName().toString().equals("weights"))
                    .map(Path::getParent)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void answers(int code, String text, Desk.Answer answer) {
        assertTrue(answer.text().contains(text), answer.text());
        assertEquals(code, answer.code(), answer.text());
    }

    private static void answers(int code, String text, CommandLine answer) {
        answers(code, text, new Desk.Answer(answer.code(), answer.out() + answer.err()));
    }
}
