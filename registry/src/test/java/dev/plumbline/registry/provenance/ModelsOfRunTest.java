package dev.plumbline.registry.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.RunObserver;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModelsOfRunTest {

    @Test
    void takesTheRunsOwnOutputsFirstAndANodeOnlyForAnotherModel() {
        Map<String, @Nullable Object> run = SampleRuns.workflow("w", "{}");
        Tree.set(
                run,
                SampleRepository.tree(outputs("Model_Name", "churn", "model-version", "2", "accuracy", "0.9")),
                "status",
                "outputs");
        SampleRuns.node(run, "w.a", "Pod", "\"outputs\": " + outputs("model-name", "churn", "model-version", "2"));
        SampleRuns.node(
                run, "w.b", "Pod", "\"outputs\": " + outputs("model-name", "price", "model-uri", "models:/m-1"));
        List<ModelRecord> models = ModelsOfRun.models(RunObserver.observe(run));
        assertEquals(
                List.of("churn 2 ", "price  w.b"),
                models.stream()
                        .map(model -> model.name() + " " + model.version() + " " + model.node())
                        .toList());
        assertEquals("0.9", models.getFirst().accuracy());
        assertEquals("models:/m-1", models.get(1).uri());
    }

    @Test
    void aRunWithoutModelsHasNone() {
        assertEquals(List.of(), ModelsOfRun.models(RunObserver.observe(SampleRuns.workflow("w", "{}"))));
    }

    @Test
    void dataDigestsAreNamedByTheNodeThatStatedThem() {
        Map<String, @Nullable Object> run = SampleRuns.workflow("w", "{}");
        SampleRuns.node(run, "w.validate", "Pod", "\"outputs\": " + outputs("data-digest", "sha256:1"));
        SampleRuns.node(run, "w.train", "Pod", "\"outputs\": " + outputs("data-digest", "sha256:1"));
        assertEquals(1, ModelsOfRun.dataDigests(RunObserver.observe(run)).size());
    }

    private static String outputs(String... pairs) {
        StringBuilder parameters = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            parameters
                    .append(i == 0 ? "" : ", ")
                    .append("{\"name\": \"%s\", \"value\": \"%s\"}".formatted(pairs[i], pairs[i + 1]));
        }
        return "{\"parameters\": [" + parameters + "]}";
    }
}
