package dev.plumbline.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.render.Rendering;
import dev.plumbline.registry.source.MapSnapshot;
import dev.plumbline.registry.yaml.YamlParser;
import dev.plumbline.tests.parts.RealCluster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Everything that {@code pipelines/platform} and the overlays hold, and the InferenceServices that runs apply, sent to a real API
 * server with the released CRDs of KServe, Argo Events, Argo Rollouts, Argo CD and the Prometheus operator, as a strict dry run.
 */
@Tag("cluster")
class PlatformFilesTest {

    private static final List<String> FOLDERS = List.of(
            "overlays/dev",
            "overlays/staging",
            "overlays/production",
            "pipelines/platform/applier/models",
            "pipelines/platform/applier/namespaces",
            "pipelines/platform/applier/pipelines",
            "pipelines/platform/argo",
            "pipelines/platform/argocd",
            "pipelines/platform/observability",
            "pipelines/platform/rollouts",
            "pipelines/platform/rollouts/serving",
            "pipelines/platform/triggers");

    private static KubeCluster cluster;
    private static MapSnapshot repository;

    @BeforeAll
    static void connect() throws Exception {
        RealCluster bare = RealCluster.bare();
        bare.installCrds("platform-crds");
        cluster = bare.connect();
        repository = MapSnapshot.read(Path.of("..").toAbsolutePath().normalize(), List.of("pipelines", "overlays"));
    }

    @AfterAll
    static void disconnect() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void theServerAcceptsEveryObject() throws Exception {
        List<String> refused = new ArrayList<>();
        Set<String> kinds = new LinkedHashSet<>();
        for (String folder : FOLDERS) {
            for (Map<String, @Nullable Object> object : objects(folder)) {
                kinds.add(Tree.text(object, "kind"));
                try {
                    cluster.apply(object, "tests", true, true);
                } catch (ClusterException e) {
                    refused.add(folder + ": " + e.getMessage());
                }
            }
        }
        assertEquals(List.of(), refused);
        assertTrue(
                kinds.containsAll(List.of(
                        "AnalysisTemplate",
                        "Application",
                        "EventBus",
                        "EventSource",
                        "Ingress",
                        "NetworkPolicy",
                        "PrometheusRule",
                        "Sensor",
                        "ServiceMonitor",
                        "WorkflowTemplate")),
                kinds.toString());
    }

    @Test
    void theServerAcceptsWhatRunsApply() throws Exception {
        Map<String, @Nullable Object> service = applied("pipelines/model-deployment", "apply");
        assertEquals("churn", Tree.text(service, "metadata", "name"));
        cluster.apply(service, "tests", true, true);
        cluster.apply(applied("pipelines/platform/rollouts", "shift"), "tests", true, true);
        Map<String, @Nullable Object> run = applied("pipelines/platform/rollouts", "analyse");
        Tree.remove(run, "metadata", "generateName");
        Tree.set(run, "churn-canary-1", "metadata", "name");
        cluster.apply(run, "tests", true, true);
    }

    @Test
    void theServerRefusesAFieldThatItsKindLacks() throws Exception {
        Map<String, @Nullable Object> service = applied("pipelines/model-deployment", "apply");
        Tree.set(service, "s3://models/1", "spec", "predictor", "model", "storageUrl");
        ClusterException e = assertThrows(ClusterException.class, () -> cluster.apply(service, "tests", true, true));
        assertTrue(e.getMessage().contains("storageUrl"), e.getMessage());
    }

    /** The objects of a kustomization, those without a namespace in one of their own; the namespaces are made. */
    private static List<Map<String, @Nullable Object>> objects(String folder) throws Exception {
        Rendering rendering = new Renderer().render(repository, folder);
        assertEquals(List.of(), rendering.findings());
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        for (Manifest manifest : rendering.objects()) {
            Map<String, @Nullable Object> object = Tree.copy(manifest.content());
            boolean clusterWide =
                    List.of("Namespace", "ClusterRole", "ClusterRoleBinding").contains(Tree.text(object, "kind"));
            if (!clusterWide && Tree.text(object, "metadata", "namespace").isEmpty()) {
                Tree.set(object, "platform-files", "metadata", "namespace");
            }
            makeNamespace(Tree.text(object, "metadata", "namespace"));
            objects.add(object);
        }
        return objects;
    }

    private static void makeNamespace(String name) throws ClusterException {
        if (!name.isEmpty()) {
            Map<String, @Nullable Object> namespace =
                    new LinkedHashMap<>(Map.of("apiVersion", "v1", "kind", "Namespace"));
            Tree.set(namespace, name, "metadata", "name");
            cluster.apply(namespace, "tests", true, false);
        }
    }

    /** What a resource template of a pipeline applies in a run with plausible values. */
    private static Map<String, @Nullable Object> applied(String folder, String template) throws Exception {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("inputs.parameters.model-name", "churn");
        values.put("inputs.parameters.model-version", "3");
        values.put("inputs.parameters.deployment-namespace", "platform-files");
        values.put("inputs.parameters.image", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/sklearnserver:v0.16.0");
        values.put("inputs.parameters.storage-uri", "s3://mlflow/1/models/m-1/artifacts");
        values.put("inputs.parameters.percent", "10");
        values.put("workflow.namespace", "platform-files");
        List<Map<String, @Nullable Object>> objects = objects(folder);
        for (Map<String, @Nullable Object> object : objects) {
            if (Tree.text(object, "kind").equals("AnalysisTemplate")) {
                values.put(
                        "inputs.parameters.metrics",
                        Json.write(Tree.maps(object, "spec", "metrics")).replaceAll("[{]{2}args[^}]*[}]{2}", "1"));
            }
        }
        Map<String, @Nullable Object> workflowTemplate = objects.stream()
                .filter(object -> Tree.text(object, "kind").equals("WorkflowTemplate"))
                .findFirst()
                .orElseThrow();
        Map<String, @Nullable Object> found = Tree.named(template, workflowTemplate, "spec", "templates");
        String manifest = Tree.text(found, "resource", "manifest");
        for (Map.Entry<String, String> value : values.entrySet()) {
            manifest = manifest.replace("{{" + value.getKey() + "}}", value.getValue());
        }
        assertTrue(!manifest.contains("{{"), manifest);
        Object parsed = YamlParser.parse(template, manifest.getBytes(StandardCharsets.UTF_8))
                .documents()
                .getFirst()
                .value();
        return Tree.copy(Tree.cast((Map<?, ?>) parsed));
    }
}
