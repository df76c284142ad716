package dev.plumbline.registry.query;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.RunId;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.run.Executor;
import dev.plumbline.registry.run.Interval;
import dev.plumbline.registry.run.Judgement;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.PartEvidence;
import dev.plumbline.registry.run.RunRecord;
import dev.plumbline.registry.run.Trigger;
import dev.plumbline.registry.run.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Runs of whatever content, verdict, commit and models. */
final class RandomRuns {

    static final SyncId SYNC = new SyncId("plumbline", "local");
    static final String CLUSTER = "cluster-1";
    static final int COMMITS = 15;

    private RandomRuns() {}

    static Digest digest(Random random) {
        return Digest.of("bytes " + random.nextInt(30));
    }

    static ModelRecord model(Random random) {
        return new ModelRecord(
                "model-" + random.nextInt(4),
                String.valueOf(random.nextInt(4)),
                "",
                "",
                "",
                "",
                random.nextBoolean() ? null : digest(random),
                random.nextBoolean() ? ModelRecord.Registration.FOUND : ModelRecord.Registration.UNKNOWN,
                "");
    }

    static RunRecord run(Random random, int number) {
        CommitId commit = random.nextInt(5) == 0 ? null : LineRepository.id(1 + random.nextInt(COMMITS));
        Verdict verdict = List.of(Verdict.values()).get(random.nextInt(Verdict.values().length));
        List<ModelRecord> models = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            models.add(model(random));
        }
        String day = "2026-11-0" + (1 + random.nextInt(9)) + "T10:00:00Z";
        return new RunRecord(
                new RunId(CLUSTER, "uid-" + number / 2, "attempt-" + number),
                SYNC,
                Executor.ARGO,
                "ml",
                "train-" + random.nextInt(20),
                "training",
                new Trigger(Trigger.Kind.PERSON, ""),
                day,
                day,
                "Succeeded",
                "",
                Map.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                null,
                null,
                new Judgement(verdict, List.of(), commit, List.of(), parts(random), "form"),
                models,
                Map.of());
    }

    private static List<PartEvidence> parts(Random random) {
        List<PartEvidence> parts = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int oldest = 1 + random.nextInt(COMMITS);
            int newest = oldest + random.nextInt(COMMITS - oldest + 1);
            parts.add(new PartEvidence(
                    "spec/step-" + i,
                    null,
                    Digest.of("part"),
                    null,
                    List.of(new Interval(
                            LineRepository.id(oldest), LineRepository.id(newest), 1, random.nextInt(5) == 0)),
                    List.of()));
        }
        return parts;
    }
}
