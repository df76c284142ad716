package dev.plumbline.controller.local.runner;

import static dev.plumbline.controller.local.runner.RunnerBench.node;
import static dev.plumbline.controller.local.runner.RunnerBench.phase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that waits for a lock and is to be stopped. The rules are those of Argo 4.1.4: a waiting node fails at once
 * ({@code failNodesWithoutCreatedPodsAfterDeadlineOrShutdown}); a Workflow that waits as a whole ends when it is terminated, and waits on
 * when it is only to stop ({@code releaseLocksForPendingShuttingdownWfs}).
 */
class StoppedWaitTest {

    private static final String LOCK = "\"synchronization\": {\"mutexes\": [{\"name\": \"m\"}]},";

    @TempDir
    private Path data;

    private RunnerBench bench;
    private Path release;

    @BeforeEach
    void open() throws Exception {
        bench = RunnerBench.open(data);
        release = data.resolve("release");
        create("holder", "", LOCK, "while [ ! -e " + release + " ]; do sleep 0.05; done");
        bench.awaitNode("holder", "Running");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void create(String name, String ofSpec, String ofTemplate, String script) throws Exception {
        bench.create("Workflow", name, """
            {"spec": {"entrypoint": "one", "onExit": "bye", %s "templates": [
              {"name": "one", %s "container": {"image": "i", "command": ["sh", "-c"], "args": ["%s"]}},
              {"name": "bye", "container": {"image": "i", "command": ["echo", "bye"]}}]}}
            """.formatted(ofSpec, ofTemplate, script));
    }

    /** Waits until a run waits for the lock. */
    private void awaitWait(String run) throws InterruptedException {
        RunEvent event;
        do {
            event = bench.events.poll(RunnerBench.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } while (event != null
                && !(event.workflow().name().equals(run) && event.message().equals("waits for a lock")));
        assertFalse(event == null, run + " does not wait");
    }

    private void stop(String run, String strategy) throws Exception {
        bench.cluster.mergePatch(
                new ObjectKey("argoproj.io", "Workflow", "default", run),
                Json.parseObject("{\"spec\": {\"shutdown\": \"" + strategy + "\"}}"),
                "test");
    }

    @Test
    void aNodeThatWaitsFailsAtOnceAndTheExitHandlerRunsWhenItOnlyStops() throws Exception {
        for (String strategy : new String[] {"Stop", "Terminate"}) {
            String name = strategy.equals("Stop") ? "a" : "b";
            create(name, "", LOCK, "echo ran");
            awaitWait(name);
            stop(name, strategy);
            Map<String, @Nullable Object> run = bench.await(name);
            assertEquals("Failed", Tree.text(run, "status", "phase"), Json.pretty(run));
            assertEquals("Stopped with strategy '" + strategy + "'", Tree.text(node(run, ""), "message"));
            assertEquals(strategy.equals("Stop") ? "Succeeded" : "", phase(run, ".onExit"));
        }
        Files.createFile(release);
        assertEquals("Succeeded", Tree.text(bench.await("holder"), "status", "phase"));
    }

    @Test
    void aRunThatWaitsAsAWholeEndsWhenItIsTerminated() throws Exception {
        create("whole", LOCK, "", "echo ran");
        awaitWait("whole");
        stop("whole", "Terminate");
        Map<String, @Nullable Object> run = bench.await("whole");
        assertEquals("Failed", Tree.text(run, "status", "phase"), Json.pretty(run));
        assertEquals("Stopped with strategy 'Terminate'", Tree.text(run, "status", "message"));
        assertEquals(Map.of(), Tree.map(run, "status", "nodes"));
    }

    @Test
    void aRunThatWaitsAsAWholeAndOnlyStopsEndsWhenItsTurnComes() throws Exception {
        create("whole", LOCK, "", "echo ran");
        awaitWait("whole");
        stop("whole", "Stop");
        TimeUnit.MILLISECONDS.sleep(500);
        assertEquals("Running", Tree.text(bench.workflow("whole"), "status", "phase"));
        Files.createFile(release);
        Map<String, @Nullable Object> run = bench.await("whole");
        assertEquals("Failed", Tree.text(run, "status", "phase"), Json.pretty(run));
        assertEquals("Succeeded", phase(run, ".onExit"));
        assertFalse(Files.exists(bench.runner.log(Tree.text(run, "metadata", "uid"), Tree.text(node(run, ""), "id"))));
    }
}
