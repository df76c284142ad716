package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.tests.parts.RealCluster;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Argo is configured to add to every run belongs to what a run should execute. */
@Tag("cluster")
class ArgoDefaultsTest {

    @TempDir
    Path folder;

    @Test
    void aRunIsJudgedByTheDefaultsThatWereInForce() throws Exception {
        RealCluster argo = RealCluster.withArgo();
        try (ArgoDesk desk = ArgoDesk.ready(argo, folder, Map.of())) {
            String first = desk.head();
            desk.defaults("spec:\n  nodeSelector:\n    disk: ssd\n");
            desk.submit("with", "train", "{}");
            assertEquals("MATCH " + first, desk.verdict("with"), desk.said("with"));
            assertEquals(
                    "ssd",
                    Tree.text(desk.workflow("with"), "status", "storedWorkflowTemplateSpec", "nodeSelector", "disk"));
            desk.defaults("");
            desk.submit("without", "train", "{}");
            assertEquals("MATCH " + first, desk.verdict("without"), desk.said("without"));
        } finally {
            argo.stop();
        }
    }
}
