package dev.plumbline.registry.run;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.RunId;
import dev.plumbline.registry.model.SyncId;
import java.util.List;
import java.util.Map;

/** Records of runs for tests. */
public final class SampleRecords {

    /** The commit that they are of. */
    public static final CommitId COMMIT = new CommitId("1".repeat(40));

    private static final Digest DIGEST = Digest.of("content");

    private SampleRecords() {}

    /** A record with everything in it, of a run of this uid. */
    public static RunRecord record(String uid, String phase) {
        return new RunRecord(
                new RunId("cluster-1", uid, "2026-11-25T10:00:01Z"),
                new SyncId("plumbline", "local"),
                Executor.LOCAL,
                "ml",
                "train-1",
                "training",
                new Trigger(Trigger.Kind.CRON, "daily"),
                "2026-11-25T10:00:00Z",
                "2026-11-25T10:02:00Z",
                phase,
                "",
                Map.of("rounds", "3"),
                List.of(node()),
                Map.of("model-name", "churn"),
                List.of(new ArtifactRecord("train-1", "model", "train-1/model.tgz", DIGEST, "")),
                List.of(),
                new ReleaseInForce(3, DIGEST, COMMIT),
                null,
                judgement(),
                List.of(model()),
                Map.of("validate", "sha256:0"));
    }

    /** The same run as another attempt. */
    public static RunRecord attempt(RunRecord of, String attempt) {
        return new RunRecord(
                new RunId(of.id().cluster(), of.id().uid(), attempt),
                of.sync(),
                of.executor(),
                of.namespace(),
                of.name(),
                of.template(),
                of.trigger(),
                of.createdAt(),
                of.finishedAt(),
                of.phase(),
                of.message(),
                of.parameters(),
                of.nodes(),
                of.outputs(),
                of.artifacts(),
                of.inputs(),
                of.release(),
                of.previous(),
                of.judgement(),
                of.models(),
                of.dataDigests());
    }

    /** A model of such a run. */
    public static ModelRecord model() {
        return new ModelRecord(
                "churn",
                "2",
                "models:/churn/2",
                "r1",
                "0.9",
                "",
                DIGEST,
                ModelRecord.Registration.FOUND,
                "models:/m-1");
    }

    private static Judgement judgement() {
        Interval interval = new Interval(COMMIT, COMMIT, 1, true);
        PartEvidence code = new PartEvidence(
                "configmap/steps-abc",
                new ObjectKey("", "ConfigMap", "ml", "steps-abc"),
                DIGEST,
                COMMIT,
                List.of(interval),
                List.of(
                        new PartEvidence.FileEvidence("shared.py", DIGEST, COMMIT),
                        new PartEvidence.FileEvidence("train.py", DIGEST, null)));
        return new Judgement(Verdict.MATCH, List.of("every part"), COMMIT, List.of(interval), List.of(code), "form-1");
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
}
