package dev.plumbline.tests.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.plumbline.controller.local.cluster.EmbeddedCluster;
import dev.plumbline.controller.local.runner.Runner;
import dev.plumbline.controller.local.runner.StepEnvironment;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.s3.S3Buckets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The embedded runner does with each case what the real controller did, whose answers are kept in {@code runner/expected};
 * {@link ArgoAgainTest} asks it again.
 */
class RunnerAgreesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    static Path data;

    private static EmbeddedCluster cluster;
    private static Runner runner;

    /** Resolves {@code outcome} to the program beside the cases. */
    private record Outcome(Path state) implements StepEnvironment {

        @Override
        public Map<String, String> variables() {
            return Map.of();
        }

        @Override
        public List<String> resolve(List<String> command) {
            return command.getFirst().equals("outcome")
                    ? List.of(
                            "python3",
                            RunCases.GIVEN
                                    .resolveSibling("outcome.py")
                                    .toAbsolutePath()
                                    .toString(),
                            RunCases.GIVEN
                                    .resolve("outputs.json")
                                    .toAbsolutePath()
                                    .toString(),
                            state.toString())
                    : command;
        }
    }

    static List<String> cases() throws IOException {
        return RunCases.names();
    }

    @BeforeAll
    static void open() throws Exception {
        cluster = EmbeddedCluster.open(data.resolve("cluster"), InstantSource.system());
        cluster.create(Json.parseObject("""
                {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "argo"}}
                """), "test");
        runner = new Runner(
                cluster,
                cluster,
                data,
                new Outcome(data.resolve("state")),
                new S3Buckets(),
                InstantSource.system(),
                _ -> {});
        runner.start();
    }

    @AfterAll
    static void close() {
        runner.close();
        cluster.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void doesWhatArgoDid(String name) throws Exception {
        ObjectKey workflow = null;
        for (Map<String, @Nullable Object> object : RunCases.objects(name)) {
            Map<String, @Nullable Object> made = cluster.create(object, "test");
            workflow = Tree.text(made, "kind").equals("Workflow") ? Manifest.keyOf(made) : workflow;
        }
        assertEquals(RunCases.expected(name), RunLines.of(ended(workflow)));
    }

    @Test
    void thereAreCases() throws IOException {
        assertTrue(RunCases.names().size() >= 60, "cases are missing");
    }

    private static Map<String, @Nullable Object> ended(@Nullable ObjectKey key) throws Exception {
        if (key == null) {
            return fail("the case has no Workflow");
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Map<String, @Nullable Object> now = cluster.get(key).orElseThrow();
            if (Tree.text(now, "metadata", "labels", "workflows.argoproj.io/completed")
                    .equals("true")) {
                return now;
            }
            if (System.nanoTime() > end) {
                fail("did not end: " + RunLines.of(now));
            }
            Thread.sleep(10);
        }
    }
}
