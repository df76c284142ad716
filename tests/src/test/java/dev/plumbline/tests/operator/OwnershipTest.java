package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Tree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose an object is, and what becomes of content that fails. */
@Tag("cluster")
class OwnershipTest {

    @TempDir
    Path folder;

    @Test
    void twoSyncsThatWantOneObjectAreNamedAndItMovesWhenOneGivesItUp() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder)) {
            desk.config("two", "b", "1");
            desk.kustomization("one", "two");
            String first = desk.repository().commit("Two objects");
            desk.sync("first", Map.of());
            desk.awaitApplied("first", first);
            String uid = Tree.text(desk.get("ConfigMap", "two").orElseThrow(), "metadata", "uid");

            desk.repository()
                    .write("second/kustomization.yaml", "namespace: " + desk.namespace() + "\nresources: [two.yaml]\n");
            desk.repository().git("mv", "overlay/two.yaml", "second/two.yaml");
            desk.config("two", "b", "1");
            desk.repository().commit("The second wants one of them too");
            desk.sync("second", Map.of("path", "second"));
            desk.awaitReady("second", "False/Conflict");
            String namespace = desk.namespace();
            assertTrue(desk.message("second").contains(namespace + "/first"), desk.message("second"));
            assertTrue(desk.message("second").contains(namespace + "/second"), desk.message("second"));

            desk.kustomization("one");
            String last = desk.repository().commit("The first gives it up");
            desk.poke("first");
            desk.awaitApplied("second", last);
            desk.awaitApplied("first", last);
            assertEquals(uid, Tree.text(desk.get("ConfigMap", "two").orElseThrow(), "metadata", "uid"));
        }
    }

    @Test
    void whatSomebodyElseMadeIsNotTakenOverWhenItIsWantedOtherwise() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder)) {
            desk.apply("v1", "ConfigMap", desk.namespace(), "one", Map.of("data", Map.of("a", "by hand")));
            desk.sync("pipelines", Map.of());
            desk.awaitReady("pipelines", "False/Conflict");
            assertTrue(desk.message("pipelines").contains("tests owns"), desk.message("pipelines"));
            assertEquals("by hand", desk.data("one", "a"));
        }
    }

    @Test
    void contentThatFailsIsRolledBackWhereThatIsAsked() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder)) {
            Map<String, Object> rule = Map.of(
                    "apiVersion", "v1",
                    "kind", "ConfigMap",
                    "current", "object.data.a != 'bad'",
                    "failed", "object.data.a == 'bad'");
            desk.sync(
                    "pipelines",
                    Map.of("onFailure", "Rollback", "health", Map.of("timeout", "20s", "rules", List.of(rule))));
            desk.awaitApplied("pipelines", desk.repository().head());
            desk.config("one", "a", "bad");
            desk.repository().commit("Bad");
            desk.poke("pipelines");
            desk.awaitReady("pipelines", "True/RolledBack");
            assertEquals("1", desk.data("one", "a"));

            desk.config("one", "a", "2");
            String good = desk.repository().commit("Good");
            desk.poke("pipelines");
            desk.awaitApplied("pipelines", good);
        }
    }

    @Test
    void contentThatFailsStaysAndIsSaidWhereNothingIsAsked() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder)) {
            Map<String, Object> rule =
                    Map.of("apiVersion", "v1", "kind", "ConfigMap", "current", "object.data.a != 'bad'");
            desk.config("one", "a", "bad");
            desk.repository().commit("Bad");
            desk.sync("pipelines", Map.of("health", Map.of("timeout", "2s", "rules", List.of(rule))));
            desk.awaitReady("pipelines", "False/HealthFailed");
            assertEquals("bad", desk.data("one", "a"));
        }
    }
}
