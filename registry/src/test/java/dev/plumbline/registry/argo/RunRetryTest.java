package dev.plumbline.registry.argo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Tree;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunRetryTest {

    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00.123Z");

    private final Map<String, @Nullable Object> nodes = new LinkedHashMap<>();

    /** A node whose id is its name. */
    private void node(String name, String type, String phase, String boundary, String... children) {
        Map<String, @Nullable Object> node = new LinkedHashMap<>();
        node.put("id", name);
        node.put("name", name);
        node.put("templateName", "t-" + name);
        node.put("type", type);
        node.put("phase", phase);
        node.put("message", "said");
        if (!boundary.isEmpty()) {
            node.put("boundaryID", boundary);
        }
        node.put("children", List.of(children));
        node.put("outboundNodes", List.of(children));
        nodes.put(name, node);
    }

    private Map<String, @Nullable Object> run(String phase) {
        Map<String, @Nullable Object> run = new LinkedHashMap<>();
        Tree.set(run, "r", "metadata", "name");
        Tree.set(run, "7", "metadata", "resourceVersion");
        Tree.set(run, "v1", "metadata", "annotations", "workflows.argoproj.io/pod-name-format");
        Tree.set(run, "Stop", "spec", "shutdown");
        Tree.set(run, 0L, "spec", "activeDeadlineSeconds");
        Tree.set(run, List.of(Map.of("name", "p", "value", "old")), "spec", "arguments", "parameters");
        Tree.set(run, phase, "status", "phase");
        Tree.set(run, "Stop", "status", "storedWorkflowTemplateSpec", "shutdown");
        Tree.set(
                run,
                List.of(Map.of("type", "PodRunning", "status", "False"), Map.of("type", "Completed", "status", "True")),
                "status",
                "conditions");
        Tree.set(run, nodes, "status", "nodes");
        return run;
    }

    private Map<String, @Nullable Object> changed(RunRetry retry) {
        return Tree.map(retry.patch(), "status", "nodes");
    }

    @Test
    void whatFailedAndWhatCameAfterItRunsAgainAndWhatSucceededStays() {
        node("r", "DAG", "Failed", "", "a");
        node("a", "Pod", "Succeeded", "r", "b", "d");
        node("b", "Pod", "Failed", "r", "c");
        node("c", "Skipped", "Omitted", "r");
        node("d", "Pod", "Succeeded", "r");
        node("r.onExit", "Pod", "Succeeded", "");
        RunRetry retry = RunRetry.of(run("Failed"), Map.of(), NOW);
        Map<String, @Nullable Object> changed = changed(retry);
        assertEquals(List.of("b", "r.onExit"), retry.pods());
        for (String gone : List.of("b", "c", "r.onExit")) {
            assertTrue(changed.containsKey(gone));
            assertNull(changed.get(gone), gone);
        }
        assertFalse(changed.containsKey("d"), "it succeeded");
        assertEquals(Map.of("children", List.of("d"), "outboundNodes", List.of("d")), changed.get("a"));
        assertEquals("Running", Tree.text(changed, "r", "phase"));
        assertEquals("2026-11-26T10:00:00Z", Tree.text(changed, "r", "startedAt"));
        assertEquals(List.of("a"), Tree.list(nodes, "r", "children"), "the run itself is not touched");
    }

    @Test
    void theRunBeginsAgainOnWhatWasStored() {
        node("r", "Pod", "Failed", "");
        Map<String, @Nullable Object> patch =
                RunRetry.of(run("Error"), Map.of("p", "new"), NOW).patch();
        assertEquals("7", Tree.text(patch, "metadata", "resourceVersion"));
        for (String[] gone : List.of(
                new String[] {"spec", "shutdown"},
                new String[] {"spec", "activeDeadlineSeconds"},
                new String[] {"status", "storedWorkflowTemplateSpec", "shutdown"},
                new String[] {"status", "finishedAt"},
                new String[] {"metadata", "labels", "workflows.argoproj.io/completed"})) {
            String last = gone[gone.length - 1];
            Map<String, @Nullable Object> holder = Tree.map(patch, java.util.Arrays.copyOf(gone, gone.length - 1));
            assertTrue(holder.containsKey(last) && holder.get(last) == null, last);
        }
        assertEquals("", Tree.at(patch, "status", "phase"));
        assertEquals(
                List.of(
                        Map.of("type", "PodRunning", "status", "False"),
                        Map.of("type", "Completed", "status", "False")),
                Tree.list(patch, "status", "conditions"));
        List<?> value = List.of(Map.of("name", "p", "value", "new"));
        assertEquals(value, Tree.list(patch, "spec", "arguments", "parameters"));
        assertEquals(value, Tree.list(patch, "status", "storedWorkflowTemplateSpec", "arguments", "parameters"));
    }

    @Test
    void failedAttemptsAreForgottenAndCountedAnew() {
        node("r", "Steps", "Failed", "", "g0");
        node("g0", "StepGroup", "Failed", "r", "x", "y");
        node("x", "Retry", "Failed", "r", "x0", "x1");
        node("x0", "Pod", "Failed", "r");
        node("x1", "Pod", "Error", "r");
        node("y", "Retry", "Succeeded", "r", "y0", "y1");
        node("y0", "Pod", "Failed", "r");
        node("y1", "Pod", "Succeeded", "r");
        for (String attempt : List.of("x0", "x1", "y0", "y1")) {
            Tree.set(nodes, true, attempt, "nodeFlag", "retried");
        }
        RunRetry retry = RunRetry.of(run("Failed"), Map.of(), NOW);
        assertEquals(List.of("x0", "x1"), retry.pods());
        Map<String, @Nullable Object> changed = changed(retry);
        assertEquals(java.util.Set.of("r", "g0", "x", "x0", "x1"), changed.keySet());
        assertEquals(List.of(), Tree.list(changed, "x", "children"));
        assertEquals("Running", Tree.text(changed, "g0", "phase"));
    }

    @Test
    void newParametersFanOutAnew() {
        node("r", "DAG", "Failed", "", "g");
        node("g", "TaskGroup", "Failed", "r", "i0", "i1");
        node("i0", "Pod", "Succeeded", "r");
        node("i1", "Pod", "Failed", "r");
        assertEquals(List.of("i1"), RunRetry.of(run("Failed"), Map.of(), NOW).pods());
        assertEquals(
                List.of("i1", "i0"),
                RunRetry.of(run("Failed"), Map.of("p", "v"), NOW).pods());
    }

    @Test
    void aFailureAfterWhichTheRunWentOnStays() {
        node("r", "DAG", "Failed", "", "a");
        node("a", "Pod", "Failed", "r", "b");
        node("b", "Pod", "Succeeded", "r", "c");
        node("c", "Pod", "Failed", "r");
        assertEquals(List.of("c"), RunRetry.of(run("Failed"), Map.of(), NOW).pods());
    }

    @Test
    void onlyWhatFailedAndCanBeReadIsRetried() {
        assertTrue(RunRetry.refusal(run("Running")).startsWith("it is Running"));
        assertTrue(RunRetry.refusal(run("")).startsWith("it is Pending"));
        assertTrue(RunRetry.refusal(run("Succeeded")).startsWith("it is Succeeded"));
        assertEquals("", RunRetry.refusal(run("Failed")));
        Map<String, @Nullable Object> packed = run("Failed");
        Tree.set(packed, "H4sI", "status", "compressedNodes");
        assertTrue(RunRetry.refusal(packed).contains("argo retry"));
    }

    @Test
    void aResubmittedRunIsANewOneWithTheSameSpec() {
        Map<String, @Nullable Object> old = run("Failed");
        Tree.set(old, "Failed", "metadata", "labels", "workflows.argoproj.io/phase");
        Tree.set(old, "a", "metadata", "labels", "team");
        Tree.set(old, "uid-1", "metadata", "uid");
        Map<String, @Nullable Object> again = RunResubmission.of(old);
        assertEquals("r-", Tree.text(again, "metadata", "generateName"));
        assertEquals(
                Map.of("team", "a", "workflows.argoproj.io/resubmitted-from-workflow", "r"),
                Tree.map(again, "metadata", "labels"));
        assertEquals(java.util.Set.of("arguments"), Tree.map(again, "spec").keySet());
        assertFalse(again.containsKey("status"));
        assertEquals("", Tree.text(again, "metadata", "uid"));
    }
}
