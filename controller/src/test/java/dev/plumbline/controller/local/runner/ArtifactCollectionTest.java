package dev.plumbline.controller.local.runner;

import static dev.plumbline.controller.local.runner.RunnerBench.node;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.local.cluster.EmbeddedCluster;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code artifactGC} deletes, and when. */
class ArtifactCollectionTest {

    private static final String FINALIZER = "workflows.argoproj.io/artifact-gc";

    /** Gives out an artifact for each strategy that it can have of its own, and one without; a folder is one of them. */
    private static final String SPEC = """
            {"entrypoint": "make", %s "templates": [{"name": "make",
               "container": {"image": "i", "command": ["sh", "-c",
                 "mkdir -p /out/folder; echo a | tee /out/folder/a /out/end /out/gone > /out/kept; %s"]},
               "outputs": {"artifacts": [
                 {"name": "plain", "path": "/out/folder", "archive": {"none": {}}},
                 {"name": "end", "path": "/out/end", "artifactGC": {"strategy": "OnWorkflowCompletion"}},
                 {"name": "gone", "path": "/out/gone", "artifactGC": {"strategy": "OnWorkflowDeletion"}},
                 {"name": "kept", "path": "/out/kept", "artifactGC": {"strategy": "Never"}}]}}]}
            """;

    @TempDir
    private Path data;

    private RunnerBench bench;

    @BeforeEach
    void open() throws Exception {
        bench = RunnerBench.open(data);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    /** The names of the artifacts of a run that are still kept. */
    private Set<String> kept(Map<String, @Nullable Object> run) throws Exception {
        Set<String> kept = new TreeSet<>();
        for (Map<String, @Nullable Object> artifact : Tree.maps(node(run, ""), "outputs", "artifacts")) {
            if (Files.exists(data.resolve("artifacts").resolve(Tree.text(artifact, "s3", "key")))) {
                kept.add(Tree.text(artifact, "name"));
            }
        }
        return kept;
    }

    /** The names of the artifacts of a run that its status says are deleted. */
    private static Set<String> deleted(Map<String, @Nullable Object> run) {
        return Tree.maps(node(run, ""), "outputs", "artifacts").stream()
                .filter(artifact -> Boolean.TRUE.equals(artifact.get("deleted")))
                .map(artifact -> Tree.text(artifact, "name"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + RunnerBench.PATIENCE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                fail("waited in vain until " + what);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private void delete(String name) throws Exception {
        bench.cluster.delete(key(name), new DeleteOptions(null, null, false));
    }

    private static ObjectKey key(String name) {
        return new ObjectKey("argoproj.io", "Workflow", "default", name);
    }

    private boolean isGone(String name) throws Exception {
        return bench.cluster.get(key(name)).isEmpty();
    }

    @Test
    void eachArtifactGoesWhenItsOwnStrategyOrThatOfTheSpecSaysSo() throws Exception {
        bench.run("a", SPEC.formatted("\"artifactGC\": {\"strategy\": \"OnWorkflowDeletion\"},", ""));
        await("what goes at the end is gone", () -> deleted(bench.workflow("a")).equals(Set.of("end")));
        Map<String, @Nullable Object> run = bench.workflow("a");
        assertEquals(Set.of("gone", "kept", "plain"), kept(run));
        assertEquals(List.of(FINALIZER), Tree.list(run, "metadata", "finalizers"));
        assertEquals("Succeeded", Tree.text(run, "status", "phase"));

        delete("a");
        await("the run is gone", () -> isGone("a"));
        assertEquals(Set.of("kept"), kept(run));
    }

    @Test
    void aRunThatFailedIsCollectedTooAndOneWithoutStrategyIsNot() throws Exception {
        bench.run("a", SPEC.formatted("\"artifactGC\": {\"strategy\": \"OnWorkflowCompletion\"},", "exit 1"));
        await("all but one are gone", () -> deleted(bench.workflow("a")).size() == 2);
        assertEquals(Set.of("gone", "kept"), kept(bench.workflow("a")));

        Map<String, @Nullable Object> run = bench.run(
                "b", SPEC.formatted("", "").replaceAll(", \"artifactGC\": [{]\"strategy\": \"[A-Za-z]+\"[}]", ""));
        assertEquals(List.of(), Tree.list(run, "metadata", "finalizers"));
        delete("b");
        await("the run is gone", () -> isGone("b"));
        assertEquals(Set.of("end", "gone", "kept", "plain"), kept(run));
    }

    @Test
    void whenNothingIsLeftToCollectNothingHoldsTheRun() throws Exception {
        bench.run("a", SPEC.formatted("", "").replace("OnWorkflowDeletion", "OnWorkflowCompletion"));
        await(
                "nothing holds it",
                () -> Tree.list(bench.workflow("a"), "metadata", "finalizers").isEmpty());
        assertEquals(Set.of("end", "gone"), deleted(bench.workflow("a")));
        assertEquals(Set.of("kept", "plain"), kept(bench.workflow("a")));
    }

    @Test
    void aRunThatIsDeletedWhileItGoesOnIsCollectedWhenItsStepsHaveEnded() throws Exception {
        bench.create("Workflow", "a", """
                {"spec": {"entrypoint": "both", "artifactGC": {"strategy": "OnWorkflowDeletion"}, "templates": [
                  {"name": "both", "steps": [[{"name": "make", "template": "make"}], [{"name": "wait", "template": "wait"}]]},
                  {"name": "make", "container": {"image": "i", "command": ["sh", "-c", "echo x > /out/x"]},
                   "outputs": {"artifacts": [{"name": "x", "path": "/out/x"}]}},
                  {"name": "wait", "container": {"image": "i", "command": ["sleep", "60"]}}]}}
                """);
        bench.awaitNode("wait", "Running");
        assertEquals(1, files());
        delete("a");
        await("the run is gone", () -> isGone("a"));
        assertEquals(0, files());
    }

    private long files() throws Exception {
        if (!Files.exists(data.resolve("artifacts"))) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(data.resolve("artifacts"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    /** Deleted while nobody was there to collect. */
    @Test
    void theNextRunnerCollectsWhatTheOneBeforeDidNot() throws Exception {
        Map<String, @Nullable Object> run =
                bench.run("a", SPEC.formatted("\"artifactGC\": {\"strategy\": \"OnWorkflowDeletion\"},", ""));
        await("what goes at the end is gone", () -> deleted(bench.workflow("a")).equals(Set.of("end")));
        bench.close();
        try (EmbeddedCluster cluster = EmbeddedCluster.open(data.resolve("cluster"), InstantSource.system())) {
            cluster.delete(key("a"), new DeleteOptions(null, null, false));
            assertTrue(cluster.get(key("a")).isPresent());
        }
        bench = RunnerBench.open(data);
        await("the run is gone", () -> isGone("a"));
        assertEquals(Set.of("kept"), kept(run));
    }

    @Test
    void whatCannotBeDeletedIsSaidAndHoldsTheRunUnlessItIsForced() throws Exception {
        Path locked = data.resolve("artifacts");
        for (boolean force : new boolean[] {false, true}) {
            String name = "force-" + force;
            Map<String, @Nullable Object> run = bench.run(
                    name,
                    SPEC.formatted(
                            "\"artifactGC\": {\"strategy\": \"OnWorkflowDeletion\", \"forceFinalizerRemoval\": " + force
                                    + "},",
                            ""));
            await(
                    "what goes at the end is gone",
                    () -> deleted(bench.workflow(name)).equals(Set.of("end")));
            String key = Tree.text(Tree.named("gone", node(run, ""), "outputs", "artifacts"), "s3", "key");
            // A key below a file: no file system can have it, whoever asks.
            Map<String, @Nullable Object> nodes = Tree.map(bench.workflow(name), "status", "nodes");
            String broken = Json.write(nodes).replace(key, "../" + key);
            bench.cluster.mergePatch(key(name), Json.parseObject("{\"status\": {\"nodes\": " + broken + "}}"), "test");
            delete(name);
            if (force) {
                await("the run is gone", () -> isGone(name));
            } else {
                await("it is said", () -> Json.write(bench.workflow(name)).contains("ArtifactGCError"));
                String said = Json.write(bench.workflow(name));
                assertTrue(said.contains("tried to delete the artifact ../" + key + ", failed because"), said);
                assertEquals(List.of(FINALIZER), Tree.list(bench.workflow(name), "metadata", "finalizers"));
            }
            assertTrue(Files.exists(locked.resolve(key)));
        }
    }

    /** What a node remembers from another run is that run's. */
    @Test
    void whatIsRememberedFromAnotherRunIsNotDeleted() throws Exception {
        String spec = """
                {"entrypoint": "make", "artifactGC": {"strategy": "%s"}, "templates": [{"name": "make",
                   "memoize": {"key": "k", "cache": {"configMap": {"name": "memory"}}},
                   "container": {"image": "i", "command": ["sh", "-c", "echo x > /out/x"]},
                   "outputs": {"artifacts": [{"name": "x", "path": "/out/x"}]}}]}
                """;
        Map<String, @Nullable Object> first = bench.run("a", spec.formatted("Never"));
        Map<String, @Nullable Object> second = bench.run("b", spec.formatted("OnWorkflowCompletion"));
        assertEquals(
                Tree.at(node(first, ""), "outputs", "artifacts"), Tree.at(node(second, ""), "outputs", "artifacts"));
        await(
                "nothing holds it",
                () -> Tree.list(bench.workflow("b"), "metadata", "finalizers").isEmpty());
        assertEquals(Set.of(), deleted(bench.workflow("b")));
        assertEquals(1, files());
        assertFalse(isGone("a"));
    }
}
