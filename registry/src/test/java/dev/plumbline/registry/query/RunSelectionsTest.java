package dev.plumbline.registry.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.memory.MemoryStores;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.RunId;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.run.Executor;
import dev.plumbline.registry.run.Interval;
import dev.plumbline.registry.run.Judgement;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.NodeOutcome;
import dev.plumbline.registry.run.PartEvidence;
import dev.plumbline.registry.run.ReleaseInForce;
import dev.plumbline.registry.run.RunJournal;
import dev.plumbline.registry.run.RunRecord;
import dev.plumbline.registry.run.Trigger;
import dev.plumbline.registry.run.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Six commits. The step code of training: A in 1, B in 2 and 3, A again in 4 (a revert), C in 5 and 6. That of scoring never
 * changes. One run of each at each commit, the model of which has the commit's number as version.
 */
class RunSelectionsTest {

    private static final SyncId SYNC = new SyncId("plumbline", "local");
    private static final List<String> CODE = List.of("A", "B", "B", "A", "C", "C");

    private final RunJournal journal = new RunJournal(MemoryStores.create(), "cluster-1", SYNC);
    private final RunQueries queries = new RunQueries(List.of(new SyncRuns(SYNC, journal, new LineRepository(6))));
    private final RunSelections selections = new RunSelections(queries);

    @BeforeEach
    void record() throws Exception {
        for (int i = 1; i <= 6; i++) {
            journal.record(run("training", i, CODE.get(i - 1), intervals(CODE.get(i - 1))));
            journal.record(run("scoring", i, "S", List.of(new Interval(id(1), id(6), 6, false))));
        }
    }

    @Test
    void aRevertTouchesWhatExecutedContentThatCameWithTheCommit() throws Exception {
        assertEquals(Set.of("training:2", "training:3"), touched("2222"), "the change to B");
        assertEquals(Set.of("training:5", "training:6"), touched("5555"), "the change to C");
        assertEquals(Set.of(), touched("3333"), "it changed nothing that ran");
        assertEquals(Set.of("training:1", "training:4"), touched("4444"), "back to A, wherever A ran");
    }

    @Test
    void contentThatIsTheSameOnBothSidesIsNotTouched() throws Exception {
        assertEquals(Set.of("training:2", "training:3"), touched("1111..4444"), "A before and after, B between");
        assertEquals(Set.of("training:2", "training:3", "training:5", "training:6"), touched("1111..6666"));
        assertEquals(Set.of("training:1", "training:4", "training:5", "training:6"), touched("3333..6666"));
    }

    @Test
    void theFirstCommitOfAllTouchesEverythingThatBeganWithIt() throws Exception {
        assertTrue(touched("1111").containsAll(Set.of("training:1", "training:4", "scoring:1", "scoring:6")));
    }

    @Test
    void commitsThatNobodyHasAreNoAnswer() throws Exception {
        assertTrue(selections.impact("ffff").isEmpty());
        assertTrue(selections.impact("5555..2222").isEmpty(), "the wrong way round");
        assertTrue(selections.models(RunChoice.of("ffff", "", ""), 99).isEmpty());
    }

    @Test
    void modelsAndRunsAreChosenByCommitVerdictAndTime() throws Exception {
        assertEquals(Set.of("training:3", "scoring:3"), models("3333", "", ""));
        assertEquals(Set.of("training:3", "scoring:3", "training:4", "scoring:4"), models("2222..4444", "", ""));
        assertEquals(Set.of("training:3"), models("3333", "match", ""));
        assertEquals(Set.of("training:6", "scoring:6"), models("", "", "2026-11-06"));
        assertEquals(12, selections.runs(RunChoice.ALL, 99).orElseThrow().size());
        assertEquals(
                6,
                selections.runs(RunChoice.of("", "STALE", ""), 99).orElseThrow().size());
    }

    @Test
    void timesAreComparedAsInstants() throws Exception {
        assertEquals(Set.of("training:6", "scoring:6"), models("", "", "2026-11-06T09:59:59Z"));
        assertEquals(Set.of("training:6", "scoring:6"), models("", "", "2026-11-06T10:00:00Z"));
        assertEquals(Set.of(), models("", "", "2026-11-06T10:00:00.5Z"));
        assertEquals(Set.of("training:6", "scoring:6"), models("", "", "2026-11-06T23:30:00+14:00"), "09:30 in UTC");
        assertEquals(Set.of(), models("", "", "2026-11-06T08:00:00-03:00"), "11:00 in UTC");
        assertEquals(
                "2026-11-06T10:00:00Z",
                selections
                        .runs(RunChoice.of("", "", "2026-11-06"), 99)
                        .orElseThrow()
                        .getFirst()
                        .get("startedAt"));
    }

    @Test
    void whatIsNoVerdictAndNoTimeIsRefusedWithWhatThereIs() {
        for (String[] wrong : List.of(
                new String[] {"FINE", "", "MATCH"},
                new String[] {"MATCH,STALE", "", "OVERRIDDEN"},
                new String[] {"", "2026-11", "2026-11-25"},
                new String[] {"", "yesterday", "2026-11-25"},
                new String[] {"", "2026-11-25T10:00:00", "with its offset"},
                new String[] {"", "2026-13-01", "2026-13-01"})) {
            String message = String.valueOf(
                    assertThrows(IllegalArgumentException.class, () -> RunChoice.of("", wrong[0], wrong[1]))
                            .getMessage());
            assertTrue(message.contains(wrong[2]) && message.contains(wrong[0] + wrong[1]), message);
        }
    }

    @Test
    void twoModelsAreComparedFactByFact() throws Exception {
        Map<String, @Nullable Object> answer =
                selections.compare("training:1", "training:2").orElseThrow();
        assertEquals(
                List.of(
                        "commit",
                        "image fit main",
                        "metric f1",
                        "model digest",
                        "parameter rounds",
                        "release",
                        "step code train.py"),
                Tree.maps(answer, "differences").stream()
                        .map(difference -> Tree.text(difference, "what"))
                        .toList());
        Map<String, @Nullable Object> same =
                selections.compare("training:2", "training:2").orElseThrow();
        assertEquals(List.of(), same.get("differences"));
        assertTrue(selections.compare("training:1", "training:9").isEmpty());
    }

    @Test
    void bytesAreFoundByTheirDigest() throws Exception {
        Map<String, @Nullable Object> model =
                queries.provenance(Digest.of("model training 3").value()).orElseThrow();
        assertEquals("3", Tree.text(model, "model", "version"));
        String record = journal.entries(1, 1).getFirst().record().value();
        assertEquals("run", queries.provenance(record).orElseThrow().get("kind"));
        assertTrue(queries.provenance(Digest.of("other").value()).isEmpty());
    }

    private Set<String> touched(String range) throws Exception {
        return names(Tree.maps(selections.impact(range).orElseThrow(), "models"));
    }

    private Set<String> models(String commit, String verdict, String since) throws Exception {
        return names(selections.models(RunChoice.of(commit, verdict, since), 99).orElseThrow());
    }

    private static Set<String> names(List<Map<String, @Nullable Object>> models) {
        return models.stream()
                .map(model -> Tree.text(model, "name") + ":" + Tree.text(model, "version"))
                .collect(Collectors.toSet());
    }

    private static List<Interval> intervals(String code) {
        return switch (code) {
            case "A" -> List.of(new Interval(id(4), id(4), 1, false), new Interval(id(1), id(1), 1, false));
            case "B" -> List.of(new Interval(id(2), id(3), 2, false));
            default -> List.of(new Interval(id(5), id(6), 2, false));
        };
    }

    private static CommitId id(int number) {
        return LineRepository.id(number);
    }

    private static Judgement judgement(String template, int number, String code, List<Interval> intervals) {
        PartEvidence part = new PartEvidence(
                "configmap/steps",
                new ObjectKey("", "ConfigMap", "ml", "steps"),
                Digest.of(code),
                id(number),
                intervals,
                List.of(new PartEvidence.FileEvidence("train.py", Digest.of(code), id(number))));
        PartEvidence spec = new PartEvidence("spec", null, Digest.of("spec"), id(1), List.of(), List.of());
        Verdict verdict = template.equals("training") ? Verdict.MATCH : Verdict.STALE;
        return new Judgement(verdict, List.of(), id(number), intervals, List.of(part, spec), "form");
    }

    private static ModelRecord model(String template, int number) {
        return new ModelRecord(
                template,
                String.valueOf(number),
                "",
                "",
                "",
                "",
                Digest.of("model " + template + " " + number),
                ModelRecord.Registration.FOUND,
                "");
    }

    private static NodeOutcome fit(String run, int number) {
        return new NodeOutcome(
                "1",
                run + ".fit",
                "Pod",
                "spec/fit",
                "Succeeded",
                "",
                "",
                "",
                "0",
                Map.of(),
                Map.of(),
                Map.of("main", "example/steps@" + Digest.of("image " + number)));
    }

    private static RunRecord run(String template, int number, String code, List<Interval> intervals) {
        return new RunRecord(
                new RunId("cluster-1", template + number, "2026-11-0" + number + "T10:00:00Z"),
                SYNC,
                Executor.ARGO,
                "ml",
                template + "-" + number,
                template,
                new Trigger(Trigger.Kind.PERSON, ""),
                "2026-11-0" + number + "T10:00:00Z",
                "2026-11-0" + number + "T10:05:00Z",
                "Succeeded",
                "",
                Map.of("rounds", String.valueOf(number)),
                List.of(fit(template + "-" + number, number)),
                Map.of("model-name", template, "f1", "0." + number),
                List.of(),
                List.of(),
                new ReleaseInForce(number, Digest.of("release " + number), id(number)),
                null,
                judgement(template, number, code, intervals),
                List.of(model(template, number)),
                Map.of());
    }
}
