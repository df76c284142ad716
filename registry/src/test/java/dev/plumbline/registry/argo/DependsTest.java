package dev.plumbline.registry.argo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DependsTest {

    private static final Map<String, DagTask> TASKS = Map.of(
            "a", task(Map.of("name", "a")),
            "b-2", task(Map.of("name", "b-2")),
            "c", task(Map.of("name", "c", "continueOn", Map.of("failed", true))));

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // condition; result of a; result of b-2; result of c; holds
                "a ; SUCCEEDED ; FAILED ; FAILED ; true",
                "a ; SKIPPED ; FAILED ; FAILED ; true",
                "a ; OMITTED ; FAILED ; FAILED ; false",
                "a ; FAILED ; FAILED ; FAILED ; false",
                "c ; FAILED ; FAILED ; FAILED ; true",
                "c ; FAILED ; FAILED ; ERRORED ; false",
                "a && b-2 ; SUCCEEDED ; FAILED ; FAILED ; false",
                "a || b-2 ; SUCCEEDED ; FAILED ; FAILED ; true",
                "a.Failed || a.Errored ; ERRORED ; FAILED ; FAILED ; true",
                "!a ; FAILED ; FAILED ; FAILED ; true",
                "(a.Succeeded || b-2.Skipped) && !c.Omitted ; FAILED ; SKIPPED ; FAILED ; true",
                "a.Succeeded || a.Failed && b-2.Succeeded ; SUCCEEDED ; FAILED ; FAILED ; true",
            })
    void holds(String condition, TaskResult a, TaskResult b, TaskResult c, boolean expected)
            throws ArgoSyntaxException {
        Depends depends = Depends.of(task(Map.of("name", "t", "depends", condition)), TASKS::get);
        Map<String, TaskResult> results = Map.of("a", a, "b-2", b, "c", c);
        assertEquals(expected, depends.holds((task, result) -> results.get(task) == result));
    }

    @Test
    void dependenciesMustAllHaveEndedWell() throws ArgoSyntaxException {
        Depends depends = Depends.of(task(Map.of("name", "t", "dependencies", List.of("a", "b-2"))), TASKS::get);
        assertEquals(Set.of("a", "b-2"), depends.tasks());
        assertTrue(depends.holds((_, result) -> result == TaskResult.SUCCEEDED));
        assertEquals(false, depends.holds((task, result) -> task.equals("a") && result == TaskResult.SUCCEEDED));
    }

    @Test
    void aTaskThatWaitsForNothingRunsAtOnce() throws ArgoSyntaxException {
        Depends depends = Depends.of(task(Map.of("name", "t")), TASKS::get);
        assertEquals(Set.of(), depends.tasks());
        assertTrue(depends.holds((_, _) -> false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "a.Done", "a &&", "&& a", "(a", "a)", "a b-2", "a.Succeeded & c", "a."})
    void refusesWhatIsNotACondition(String condition) {
        assertThrows(
                ArgoSyntaxException.class,
                () -> Depends.of(task(Map.of("name", "t", "depends", condition)), TASKS::get));
    }

    private static DagTask task(Map<String, @Nullable Object> tree) {
        return new DagTask(tree);
    }
}
