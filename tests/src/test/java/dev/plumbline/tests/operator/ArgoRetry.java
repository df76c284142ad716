package dev.plumbline.tests.operator;

import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs a failed run again, as {@code argo retry} does.
 *
 * @param desk where the run is
 */
record ArgoRetry(OperatorDesk desk) {

    private static final String ME = "tests";

    /** Does what {@code argo retry} does to a failed run. */
    void retry(ObjectKey run) throws Exception {
        Map<String, @Nullable Object> patch = Json.parseObject("""
                {"metadata": {"labels": {"workflows.argoproj.io/completed": null, "workflows.argoproj.io/phase": null}},
                 "status": {"phase": "", "message": null, "finishedAt": null}}
                """);
        Tree.set(patch, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), "status", "startedAt");
        Map<String, @Nullable Object> workflow = desk.cluster().get(run).orElseThrow();
        for (Map.Entry<String, @Nullable Object> node :
                Tree.map(workflow, "status", "nodes").entrySet()) {
            boolean failed = !"Succeeded".equals(Tree.text(node.getValue(), "phase"));
            if (failed && "Pod".equals(Tree.text(node.getValue(), "type"))) {
                Tree.set(patch, null, "status", "nodes", node.getKey());
                forget(node.getKey());
            } else if (failed) {
                Tree.set(patch, "Running", "status", "nodes", node.getKey(), "phase");
                Tree.set(patch, null, "status", "nodes", node.getKey(), "finishedAt");
                Tree.set(patch, null, "status", "nodes", node.getKey(), "message");
            }
        }
        desk.cluster().mergePatch(run, patch, ME);
    }

    private void forget(String node) throws Exception {
        for (Map<String, @Nullable Object> pod :
                desk.cluster().list(Selection.of("", "Pod", desk.namespace())).items()) {
            if (node.equals(Tree.text(pod, "metadata", "annotations", "workflows.argoproj.io/node-id"))) {
                desk.cluster().delete(Manifest.keyOf(pod), new DeleteOptions(null, null, false));
            }
        }
        ObjectKey result = new ObjectKey("argoproj.io", "WorkflowTaskResult", desk.namespace(), node);
        if (desk.cluster().get(result).isPresent()) {
            desk.cluster().delete(result, new DeleteOptions(null, null, false));
        }
    }
}
