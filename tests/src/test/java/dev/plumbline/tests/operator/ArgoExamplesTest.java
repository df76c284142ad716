package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.manifest.Origin;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.provenance.ContentHistory;
import dev.plumbline.registry.provenance.Judge;
import dev.plumbline.registry.provenance.RenderedContent;
import dev.plumbline.registry.provenance.StepCode;
import dev.plumbline.registry.release.Release;
import dev.plumbline.registry.run.Judgement;
import dev.plumbline.registry.run.Observation;
import dev.plumbline.registry.run.PodContainer;
import dev.plumbline.registry.run.ReleaseInForce;
import dev.plumbline.registry.run.RunObserver;
import dev.plumbline.registry.run.SeenContainers;
import dev.plumbline.registry.run.Verdict;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.version.Versioned;
import dev.plumbline.registry.yaml.YamlDocuments;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlParser;
import dev.plumbline.tests.parts.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
