package dev.plumbline.tests.operator;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What kubelet and Argo's executor say of a pod of a Workflow. */
public final class PodReport {

    /** Label of pods and of their results: the name of the Workflow. */
    public static final String WORKFLOW = "workflows.argoproj.io/workflow";

    private static final String NODE = "workflows.argoproj.io/node-id";

    private PodReport() {}

    /** The template that Argo hands to its executor; nothing when it is so large that Argo hands it over elsewhere. */
    public static Map<String, @Nullable Object> template(Map<String, @Nullable Object> pod) {
        for (String kind : List.of("initContainers", "containers")) {
            for (Map<String, @Nullable Object> container : Tree.maps(pod, "spec", kind)) {
                Map<String, @Nullable Object> variable = Tree.named("ARGO_TEMPLATE", container, "env");
                if (variable != null) {
                    try {
                        return Json.parseObject(Tree.text(variable, "value"));
                    } catch (JsonException e) {
                        return Map.of();
                    }
                }
            }
        }
        return Map.of();
    }

    /** Whether it is of a node: Argo's agent is of none. */
    public static boolean ofNode(Map<String, @Nullable Object> pod) {
        return !Tree.text(pod, "metadata", "annotations", NODE).isEmpty();
    }

    /** The WorkflowTaskResult of a pod that ended, with its outputs. */
    public static Map<String, @Nullable Object> result(
            Map<String, @Nullable Object> pod, Map<String, @Nullable Object> outputs) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("apiVersion", "argoproj.io/v1alpha1");
        result.put("kind", "WorkflowTaskResult");
        Tree.set(result, Tree.text(pod, "metadata", "annotations", NODE), "metadata", "name");
        Tree.set(result, Tree.text(pod, "metadata", "namespace"), "metadata", "namespace");
        Tree.set(result, Tree.text(pod, "metadata", "labels", WORKFLOW), "metadata", "labels", WORKFLOW);
        Tree.set(result, "true", "metadata", "labels", "workflows.argoproj.io/report-outputs-completed");
        Tree.set(result, Tree.list(pod, "metadata", "ownerReferences"), "metadata", "ownerReferences");
        if (!outputs.isEmpty()) {
            result.put("outputs", outputs);
        }
        return result;
    }

    /** The status of a pod whose containers have begun. */
    public static Map<String, @Nullable Object> running(Map<String, @Nullable Object> pod) {
        return status(pod, "Running", container -> Map.of("running", Map.of("startedAt", now())));
    }

    /** The status of a pod that ended. */
    public static Map<String, @Nullable Object> ended(Map<String, @Nullable Object> pod, long code) {
        return status(pod, code == 0 ? "Succeeded" : "Failed", container -> {
            long own = "main".equals(container.get("name")) ? code : 0;
            Map<String, @Nullable Object> state = new LinkedHashMap<>();
            state.put("exitCode", own);
            state.put("reason", own == 0 ? "Completed" : "Error");
            state.put("startedAt", now());
            state.put("finishedAt", now());
            return Map.of("terminated", state);
        });
    }

    private static Map<String, @Nullable Object> status(Map<String, @Nullable Object> pod, String phase, State state) {
        Map<String, @Nullable Object> status = new LinkedHashMap<>(Tree.map(pod, "status"));
        status.put("phase", phase);
        status.put("startTime", now());
        status.put("initContainerStatuses", containers(Tree.maps(pod, "spec", "initContainers"), state));
        status.put("containerStatuses", containers(Tree.maps(pod, "spec", "containers"), state));
        return status;
    }

    private static List<@Nullable Object> containers(List<Map<String, @Nullable Object>> containers, State state) {
        List<@Nullable Object> statuses = new ArrayList<>();
        for (Map<String, @Nullable Object> container : containers) {
            String image = Tree.text(container, "image");
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("name", container.get("name"));
            one.put("image", image);
            one.put(
                    "imageID",
                    "registry.example/" + image.replaceFirst(":.*", "") + "@"
                            + Digest.of(image).value());
            one.put("ready", false);
            one.put("restartCount", 0L);
            one.put("state", state.of(container));
            statuses.add(one);
        }
        return statuses;
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The state of a container. */
    @FunctionalInterface
    private interface State {
        Map<String, @Nullable Object> of(Map<String, @Nullable Object> container);
    }
}
