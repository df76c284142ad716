package dev.plumbline.registry.argo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Runs that wait for somebody. */
class RunResumeTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00.5Z");

    private static Map<String, @Nullable Object> workflow(String more) throws JsonException {
        return Json.parseObject("""
                {"metadata": {"name": "w", "uid": "u"}, "status": {"nodes": {
                  "w-1": {"id": "w-1", "name": "w.ask", "displayName": "ask", "type": "Suspend", "phase": "Running",
                    "outputs": {"parameters": [
                      {"name": "answer", "globalName": "reply", "valueFrom": {"supplied": {}}},
                      {"name": "other", "valueFrom": {"supplied": {}, "default": "d"}}]}},
                  "w-2": {"id": "w-2", "name": "w.done", "displayName": "done", "type": "Suspend", "phase": "Succeeded"}%s}}}
                """.formatted(more));
    }

    private static final String SECOND = """
            , "w-3": {"id": "w-3", "name": "w.wait", "displayName": "wait", "type": "Suspend", "phase": "Running"}
            """;

    private static RunResume resume(String more, String node, Map<String, String> parameters) throws JsonException {
        return RunResume.of(workflow(more), parameters, node, NOW);
    }

    @Test
    void aNodeThatWaitsGetsItsValuesAndItsDefaults() throws JsonException {
        RunResume resume = resume("", "", Map.of("answer", "yes"));
        assertEquals("", resume.refusal());
        assertEquals("""
                {"metadata":{"uid":"u"},"status":{"outputs":{"parameters":[{"name":"reply","value":"yes"}]},\
                "nodes":{"w-1":{"phase":"Succeeded","finishedAt":"2026-11-26T12:00:00Z","outputs":{"parameters":\
                [{"name":"answer","globalName":"reply","value":"yes"},{"name":"other","value":"d"}]}}}}}""", Json.write(resume.patch()));
    }

    @Test
    void whatCannotBeResumedSaysWhatToDo() throws JsonException {
        assertEquals(
                "the output parameter 'answer' of its node ask has neither a value nor a default; give -p answer=VALUE",
                resume("", "", Map.of()).refusal());
        assertEquals(
                "its node ask expects no output parameter 'anser'",
                resume("", "", Map.of("answer", "y", "anser", "y")).refusal());
        assertEquals(
                "no node 'done' of it waits; there wait: ask",
                resume("", "done", Map.of()).refusal());
        assertTrue(resume(SECOND, "", Map.of("answer", "y"))
                .refusal()
                .endsWith("name one with --node; there wait: ask, wait"));
        Map<String, @Nullable Object> ended = workflow("");
        Tree.set(ended, "Succeeded", "status", "nodes", "w-1", "phase");
        assertEquals(
                "no node of it waits", RunResume.of(ended, Map.of(), "", NOW).refusal());
    }

    @Test
    void oneOfSeveralIsNamedInAnyOfItsThreeWays() throws JsonException {
        for (String name : new String[] {"ask", "w.ask", "w-1"}) {
            RunResume resume = resume(SECOND, name, Map.of("answer", "y"));
            assertEquals("", resume.refusal());
            assertEquals(null, Tree.at(resume.patch(), "status", "nodes", "w-3"));
        }
        assertEquals(
                "Succeeded", Tree.text(resume(SECOND, "wait", Map.of()).patch(), "status", "nodes", "w-3", "phase"));
    }
}
