package dev.plumbline.registry.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plumbline.registry.json.Tree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RerunComparisonTest {

    @Test
    void runsThatMadeTheSameUnderTheirOwnNamesDoNotDiffer() {
        Map<String, @Nullable Object> compared = RerunComparison.of(run("a-1", "5", "0.9"), run("a-2", "5", "0.9"));
        assertEquals(List.of(), compared.get("differences"));
        assertEquals(5L, compared.get("steps"));
    }

    @Test
    void theFirstStepIsTheOneThatBeganFirstAndMadeIt() {
        Map<String, @Nullable Object> compared = RerunComparison.of(run("a-1", "5", "0.9"), run("a-2", "5", "0.8"));
        assertEquals(
                List.of("train", "(the run)"),
                Tree.maps(compared, "differences").stream()
                        .map(difference -> Tree.text(difference, "step"))
                        .toList());
        assertEquals(
                "output accuracy", Tree.text(Tree.maps(compared, "differences").getFirst(), "what"));
    }

    @Test
    void whatBothWereGivenComesBeforeWhatTheyMade() {
        Map<String, @Nullable Object> compared = RerunComparison.of(run("a-1", "5", "0.9"), run("a-2", "6", "0.8"));
        assertEquals(
                "(parameters)", Tree.text(Tree.maps(compared, "differences").getFirst(), "step"));
    }

    @Test
    void aStepThatOnlyOneOfThemHasDiffers() {
        Map<String, @Nullable Object> less = run("a-2", "5", "0.9");
        less.put("nodes", Tree.maps(less, "nodes").subList(0, 2));
        Map<String, @Nullable Object> compared = RerunComparison.of(run("a-1", "5", "0.9"), less);
        assertEquals(
                List.of("train", "train"),
                Tree.maps(compared, "differences").stream()
                        .map(difference -> Tree.text(difference, "step"))
                        .toList());
    }

    /** A run whose root says what its last step made, and whose first step says its own name. */
    private static Map<String, @Nullable Object> run(String name, String rounds, String accuracy) {
        Map<String, @Nullable Object> tree = new java.util.LinkedHashMap<>();
        tree.put("run", Map.of("name", name));
        tree.put("parameters", Map.of("rounds", rounds));
        tree.put(
                "nodes",
                List.of(
                        node(name, "DAG", "10:00:00", Map.of("accuracy", accuracy)),
                        node(name + ".check", "Pod", "10:00:00", Map.of("place", "/runs/" + name)),
                        node(name + ".train", "Pod", "10:00:05", Map.of("accuracy", accuracy))));
        tree.put("outputs", Map.of());
        return tree;
    }

    private static Map<String, @Nullable Object> node(
            String name, String type, String started, Map<String, String> outputs) {
        return Map.of("name", name, "type", type, "phase", "Succeeded", "startedAt", started, "outputs", outputs);
    }
}
