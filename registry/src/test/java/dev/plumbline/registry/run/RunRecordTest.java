package dev.plumbline.registry.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.RunId;
import dev.plumbline.registry.model.SyncId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunRecordTest {

    private static final CommitId COMMIT = new CommitId("1".repeat(40));

    @Test
    void writesTheFormatThatIsReadForEver() throws IOException, JsonException {
        String golden = golden();
        assertEquals(golden, Json.pretty(sample().tree()) + "\n");
        assertEquals(sample(), RunRecord.of(Json.parseObject(golden)));
    }

    @Test
    void refusesAnotherFormat() throws IOException, JsonException {
        Map<String, @Nullable Object> other = Json.parseObject(golden());
        other.put("schema", "plumbline.dev/run/v9");
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> RunRecord.of(other));
        assertTrue(String.valueOf(refused.getMessage()).contains("plumbline.dev/run/v9"));
    }

    private static String golden() throws IOException {
        try (InputStream in = RunRecordTest.class.getResourceAsStream("run-v1.json")) {
            assertTrue(in != null, "the golden file is missing");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static RunRecord sample() {
        Digest digest = Digest.of("content");
        Interval interval = new Interval(COMMIT, COMMIT, 1, true);
        PartEvidence code = new PartEvidence(
                "configmap/steps-abc",
                new ObjectKey("", "ConfigMap", "ml", "steps-abc"),
                digest,
                COMMIT,
                List.of(interval),
                List.of(new PartEvidence.FileEvidence("train.py", digest, null)));
        return new RunRecord(
                new RunId("cluster-1", "uid-1", "2026-11-25T10:00:01Z"),
                new SyncId("plumbline", "local"),
                Executor.LOCAL,
                "ml",
                "train-1",
                "training",
                new Trigger(Trigger.Kind.CRON, "daily"),
                "2026-11-25T10:00:00Z",
                "2026-11-25T10:02:00Z",
                "Succeeded",
                "",
                Map.of("rounds", "3"),
                List.of(node()),
                Map.of("model-name", "churn"),
                List.of(new ArtifactRecord("train-1", "model", "train-1/model.tgz", digest)),
                new ReleaseInForce(3, digest, COMMIT),
                null,
                new Judgement(Verdict.MATCH, List.of("every part"), COMMIT, List.of(interval), List.of(code), "form-1"),
                List.of(model(digest)),
                Map.of("validate", "sha256:0"));
    }

    private static NodeOutcome node() {
        return new NodeOutcome(
                "train-1",
                "train-1",
                "Pod",
                "spec/fit",
                "Succeeded",
                "",
                "2026-11-25T10:00:01Z",
                "2026-11-25T10:02:00Z",
                "0",
                Map.of(),
                Map.of("accuracy", "0.9"));
    }

    private static ModelRecord model(Digest digest) {
        return new ModelRecord(
                "churn", "2", "models:/churn/2", "r1", "0.9", "", digest, ModelRecord.Registration.FOUND, "m-1");
    }
}
