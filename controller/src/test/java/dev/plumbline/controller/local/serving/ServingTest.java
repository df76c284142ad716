package dev.plumbline.controller.local.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of a few lines, served as InferenceServices of an embedded cluster. */
class ServingTest {

    @TempDir
    private Path data;

    private ServingBench bench;

    @BeforeEach
    void open() throws Exception {
        bench = new ServingBench(data);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aModelIsServedReplacedWhenTheNewOneAnswersAndEndedWithItsObject() throws Exception {
        bench.apply(bench.uri("1"), "sklearn");
        Map<String, @Nullable Object> first = bench.await(ServingBench.is("UpToDate"));
        String url = Tree.text(first, "status", "url");
        assertEquals(url, Tree.text(first, "status", "address", "url"));
        for (String type : new String[] {"Ready", "PredictorReady", "IngressReady"}) {
            assertEquals("True", ServingBench.condition(first, type), type);
        }
        assertEquals("Loaded", Tree.text(first, "status", "modelStatus", "states", "activeModelState"));
        assertEquals(200, bench.call(url + "/v2/models/churn/ready", null).statusCode());
        assertTrue(bench.predict(url).contains("\"data\": [1]"), bench.predict(url));
        assertTrue(bench.call(url + "/v2/models/churn", null).body().contains(bench.uri("1")));

        bench.apply(bench.uri("2.5"), "sklearn");
        Map<String, @Nullable Object> second = bench.await(ServingBench.is("UpToDate"));
        assertEquals(url, Tree.text(second, "status", "url"), "the address stays");
        assertTrue(bench.predict(url).contains("\"datatype\": \"FP64\", \"data\": [2.5]"), bench.predict(url));
        assertEquals(
                Tree.maps(first, "status", "conditions").getFirst().get("lastTransitionTime"),
                Tree.maps(second, "status", "conditions").getFirst().get("lastTransitionTime"));

        bench.cluster.delete(ServingBench.KEY, new DeleteOptions(null, null, false));
        long end = System.nanoTime() + ServingBench.PATIENCE.toNanos();
        boolean answers = true;
        while (answers && System.nanoTime() < end) {
            try {
                bench.call(url + "/v2/health/live", null);
                Thread.sleep(20);
            } catch (IOException e) {
                answers = false;
            }
        }
        assertEquals(false, answers, "the address goes with its object");
    }

    @Test
    void aModelThatCannotBeLoadedLeavesTheOldOneServing() throws Exception {
        bench.apply(bench.uri("7"), "sklearn");
        String url = Tree.text(bench.await(ServingBench.is("UpToDate")), "status", "url");
        for (String bad : new String[] {"broken", "absent"}) {
            bench.apply(bench.uri(bad), "sklearn");
            Map<String, @Nullable Object> object = bench.await(ServingBench.is("BlockedByFailedLoad"));
            assertEquals("True", ServingBench.condition(object, "Ready"));
            assertEquals("FailedToLoad", Tree.text(object, "status", "modelStatus", "states", "targetModelState"));
            String why = Tree.text(object, "status", "modelStatus", "lastFailureInfo", "message");
            assertTrue(why.startsWith("tried to load the model " + bench.uri(bad) + ", failed because "), why);
            assertTrue(bench.predict(url).contains("[7]"));
        }
        bench.apply("s3://bucket/model.pkl", "sklearn");
        String why = Tree.text(
                bench.await(ServingBench.is("InvalidSpec")), "status", "modelStatus", "lastFailureInfo", "message");
        assertTrue(why.contains("not from 's3://bucket/model.pkl'"), why);
        bench.apply(bench.uri("7"), "xgboost");
        bench.await(object -> Tree.text(object, "status", "modelStatus", "lastFailureInfo", "message")
                .contains("not 'xgboost'"));
        assertTrue(bench.predict(url).contains("[7]"));
    }

    @Test
    void aFirstModelThatCannotBeLoadedIsNotReady() throws Exception {
        bench.apply(bench.uri("absent"), "sklearn");
        Map<String, @Nullable Object> object = bench.await(ServingBench.is("BlockedByFailedLoad"));
        assertEquals("False", ServingBench.condition(object, "Ready"));
        String url = Tree.text(object, "status", "url");
        assertThrows(IOException.class, () -> bench.call(url + "/v2/health/live", null));
    }

    @Test
    void afterARestartTheSameAddressServesAgainAndAModelThatEndedIsStartedAnew() throws Exception {
        bench.apply(bench.uri("3"), "sklearn");
        String url = Tree.text(bench.await(ServingBench.is("UpToDate")), "status", "url");
        bench.restart();
        bench.await(object -> {
            try {
                return bench.predict(url).contains("[3]");
            } catch (Exception e) {
                return false;
            }
        });
        assertEquals(url, Tree.text(bench.await(ServingBench.is("UpToDate")), "status", "url"));
        ProcessHandle model = bench.process("3");
        model.destroyForcibly();
        bench.await(object -> {
            try {
                return !model.isAlive() && bench.predict(url).contains("[3]");
            } catch (Exception e) {
                return false;
            }
        });
    }

    @Test
    void aRequestThatCannotBeAnsweredSaysWhy() throws Exception {
        bench.apply(bench.uri("1"), "sklearn");
        String base = Tree.text(bench.await(ServingBench.is("UpToDate")), "status", "url") + "/v2/models/churn/infer";
        for (Map.Entry<String, String> bad : Map.of(
                        "{}", "expected exactly one input",
                        "no json", "expected JSON",
                        "{\"inputs\": [{\"shape\": [1], \"data\": [1]}]}", "expected an input of shape",
                        "{\"inputs\": [{\"shape\": [1, 2], \"data\": [1]}]}", "expected 1 x 2 numbers",
                        "{\"inputs\": [{\"shape\": [1, 1], \"data\": [1]}]}", "expected 2 features")
                .entrySet()) {
            HttpResponse<String> answer = bench.call(base, bad.getKey());
            assertEquals(400, answer.statusCode(), bad.getKey());
            assertTrue(answer.body().contains(bad.getValue()), answer.body());
        }
        assertEquals(404, bench.call(base.replace("churn", "other"), "{}").statusCode());
    }
}
