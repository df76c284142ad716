package dev.plumbline.controller.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PipelineSyncStatusTest {

    private static final CommitId COMMIT = new CommitId("a".repeat(40));
    private static final Instant BEGIN = Instant.parse("2026-11-26T10:00:00.123Z");

    @Test
    void aStatusThatDidNotChangeIsEqualAfterTheServer() throws JsonException {
        PipelineSyncStatus status = status(new Conditions(Reason.APPLIED, "done"), 2);
        Map<String, @Nullable Object> written = Json.parseObject(Json.write(status.tree(Map.of(), BEGIN)));
        assertEquals(written, status.tree(written, BEGIN.plusSeconds(60)));
        assertEquals("2026-11-26T10:00:00Z", transition(written, "Ready"));
    }

    @Test
    void onlyAConditionWhoseStatusChangesGetsANewTime() {
        Instant later = BEGIN.plusSeconds(60);
        Map<String, @Nullable Object> ready =
                status(new Conditions(Reason.APPLIED, "done"), 1).tree(Map.of(), BEGIN);
        Map<String, @Nullable Object> broken =
                status(new Conditions(Reason.BROKEN_COMMIT, "a.yaml:1:1"), 1).tree(ready, later);
        assertEquals("2026-11-26T10:01:00Z", transition(broken, "Ready"));
        assertEquals("2026-11-26T10:00:00Z", transition(broken, "Reconciling"));
        assertEquals("2026-11-26T10:01:00Z", transition(broken, "Stalled"));
        assertEquals(
                List.of("Ready=False BrokenCommit", "Reconciling=False BrokenCommit", "Stalled=True BrokenCommit"),
                words(broken));
    }

    @Test
    void tenRevisionsAreShownAndTheNewestIsInForce() {
        Map<String, @Nullable Object> tree =
                status(new Conditions(Reason.APPLIED, "done"), 12).tree(Map.of(), BEGIN);
        List<Map<String, @Nullable Object>> history = Tree.maps(tree, "history");
        assertEquals(10, history.size());
        assertEquals(12L, history.getFirst().get("revision"));
        assertEquals(history.getFirst(), Tree.map(tree, "appliedRevision"));
        assertEquals(3L, history.getLast().get("revision"));
    }

    @Test
    void whatIsNotKnownIsNotWritten() {
        Map<String, @Nullable Object> tree = new PipelineSyncStatus(
                        1,
                        new Conditions(Reason.STARTING, "no commit yet"),
                        "the first poll",
                        null,
                        List.of(),
                        0,
                        null,
                        "")
                .tree(Map.of(), BEGIN);
        assertEquals(List.of("observedGeneration", "conditions", "next", "inventorySize"), List.copyOf(tree.keySet()));
    }

    @Test
    void aReasonIsOneWordAndNeverContradictsItself() {
        for (Reason reason : Reason.values()) {
            assertTrue(reason.toString().matches("[A-Z][A-Za-z]{0,63}"), reason.toString());
            assertFalse(reason.description().isBlank(), reason.toString());
            long holding = Arrays.stream(Conditions.Type.values())
                    .filter(type -> reason.form().status(type).equals("True"))
                    .count();
            assertEquals(reason.form() == Reason.Form.WAITING ? 0 : 1, holding, reason.toString());
        }
        assertEquals(
                Reason.values().length,
                Arrays.stream(Reason.values()).map(Reason::toString).distinct().count());
    }

    @Test
    void anInvalidSpecNamesEveryField() {
        Conditions conditions =
                Conditions.invalid(List.of(new SpecProblem("spec.a", "is odd"), new SpecProblem("spec.b", "is even")));
        assertEquals(new Conditions(Reason.INVALID_SPEC, "spec.a: is odd; spec.b: is even"), conditions);
    }

    @Test
    void aMessageFitsTheServersBound() {
        String message = new Conditions(Reason.BROKEN_COMMIT, "x".repeat(40_000)).message();
        assertEquals(Conditions.MAX_MESSAGE, message.length());
        assertTrue(message.endsWith("…"));
    }

    @Test
    void aRollbackSaysWhatItRestoredAndAsWhat() {
        Map<String, @Nullable Object> tree = new PipelineRollbackStatus(
                        1, new Conditions(Reason.RESTORED, "revision 4 is in force as 9"), revision(4), 9)
                .tree(Map.of(), BEGIN);
        assertEquals(4L, Tree.at(tree, "restored", "revision"));
        assertEquals(9L, tree.get("revision"));
        assertEquals("Ready=True Restored", words(tree).getFirst());
    }

    private static PipelineSyncStatus status(Conditions conditions, int revisions) {
        List<RevisionStatus> history = IntStream.iterate(revisions, number -> number > 0, number -> number - 1)
                .mapToObj(PipelineSyncStatusTest::revision)
                .toList();
        return new PipelineSyncStatus(3, conditions, "the next commit", COMMIT, history, 17, Digest.of("d"), "r-1");
    }

    private static RevisionStatus revision(int number) {
        return new RevisionStatus(number, COMMIT, Digest.of("release"), BEGIN, "POLL");
    }

    private static List<String> words(Map<String, @Nullable Object> tree) {
        return Tree.maps(tree, "conditions").stream()
                .map(condition -> condition.get("type") + "=" + condition.get("status") + " " + condition.get("reason"))
                .collect(Collectors.toList());
    }

    private static String transition(Map<String, @Nullable Object> tree, String type) {
        return Tree.maps(tree, "conditions").stream()
                .filter(condition -> type.equals(condition.get("type")))
                .map(condition -> String.valueOf(condition.get("lastTransitionTime")))
                .findFirst()
                .orElseThrow();
    }
}
