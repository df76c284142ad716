package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a PipelineRollback does. */
@Tag("cluster")
class RollbackResourceTest {

    @TempDir
    Path folder;

    @Test
    void aRollbackRestoresARevisionAndHoldsWhatWasRolledBackFrom() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder)) {
            desk.sync("pipelines", Map.of());
            desk.awaitApplied("pipelines", desk.repository().head());
            desk.config("one", "a", "bad");
            String bad = desk.repository().commit("Bad");
            desk.poke("pipelines");
            desk.awaitApplied("pipelines", bad);

            desk.apply(
                    "plumbline.dev/v1alpha1",
                    "PipelineRollback",
                    desk.namespace(),
                    "back",
                    Map.of("spec", Map.of("sync", "pipelines", "reason", "accuracy fell", "actor", "admin")));
            desk.await(
                    "it is restored",
                    () -> desk.condition("PipelineRollback", "back", "Ready").equals("True/Restored"));
            assertEquals("1", desk.data("one", "a"));
            desk.awaitReady("pipelines", "True/RolledBack");

            desk.repository().commit("Nothing that matters");
            desk.poke("pipelines");
            desk.awaitReady("pipelines", "False/Quarantined");
            assertEquals("1", desk.data("one", "a"));

            desk.config("one", "a", "good");
            String good = desk.repository().commit("Good");
            desk.poke("pipelines");
            desk.awaitApplied("pipelines", good);
            assertEquals("good", desk.data("one", "a"));
            desk.await(
                    "the rollback is over",
                    () -> desk.condition("PipelineRollback", "back", "Ready").equals("True/Ended"));
        }
    }

    @Test
    void aRollbackUntilRemovedHoldsEverythingUntilItIsRemoved() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder)) {
            desk.sync("pipelines", Map.of());
            desk.awaitApplied("pipelines", desk.repository().head());
            desk.config("one", "a", "2");
            desk.repository().commit("Second");
            desk.poke("pipelines");
            desk.await("it is applied", () -> desk.data("one", "a").equals("2"));
            desk.apply(
                    "plumbline.dev/v1alpha1",
                    "PipelineRollback",
                    desk.namespace(),
                    "back",
                    Map.of(
                            "spec",
                            Map.of(
                                    "sync",
                                    "pipelines",
                                    "to",
                                    1,
                                    "reason",
                                    "audit",
                                    "actor",
                                    "admin",
                                    "until",
                                    "Removed")));
            desk.await("it is restored", () -> desk.data("one", "a").equals("1"));

            desk.config("one", "a", "3");
            String third = desk.repository().commit("Third");
            desk.poke("pipelines");
            desk.await("the third waits", () -> desk.message("pipelines").contains("holds until it is removed"));
            assertEquals("1", desk.data("one", "a"));
            desk.delete("PipelineRollback", "back");
            desk.awaitApplied("pipelines", third);
            assertEquals("3", desk.data("one", "a"));
        }
    }
}
