package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.tests.parts.RealCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The example Workflows that Argo is released with, run by its own controller with pods that end: as they are, with their templates
 * in Git, and by reference to a template in Git with their spec. None of them may be DRIFT, or anything but what Git says.
 */
class ArgoExamplesTest {

    private static final int AT_ONCE = 30;

    private final ExampleResults results = new ExampleResults();

    @Test
    @Tag("cluster")
    void aSampleOfTheExamplesIsWhatGitSays() throws Exception {
        run(15);
        assertEquals(List.of(), results.wrong);
        assertTrue(results.matches() >= 20, results.toString());
    }

    @Test
    @Tag("proof")
    void everyExampleIsWhatGitSays() throws Exception {
        run(1);
        System.out.println("examples: " + results);
        assertEquals(List.of(), results.wrong);
        assertTrue(results.matches() >= 300, results.toString());
    }

    private void run(int each) throws Exception {
        List<Path> files = new ArrayList<>();
        Path folder = RealCluster.part("argo-validate").resolve("examples");
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> sorted = all.sorted().toList();
            for (int i = 0; i < sorted.size(); i += each) {
                files.add(sorted.get(i));
            }
        }
        RealCluster argo = RealCluster.withArgo();
        try (KubeCluster cluster = argo.connect()) {
            for (int i = 0; i < files.size(); i += AT_ONCE) {
                String namespace = "examples-" + i;
                List<Path> some = files.subList(i, Math.min(i + AT_ONCE, files.size()));
                new ExampleBatch(cluster, namespace, some, results).run();
            }
        } finally {
            argo.stop();
        }
    }
}
