package dev.plumbline.controller.app.answers;

import static dev.plumbline.controller.app.answers.Answer.map;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Workflows as answers say them, and Workflows as people submit them. */
public final class WorkflowTrees {

    private WorkflowTrees() {}

    /**
     * A Workflow that runs a template.
     *
     * @param plain the template's name for people, with which the run's name begins
     * @param version name of the WorkflowTemplate that runs
     */
    public static Map<String, @Nullable Object> of(
            String plain, String namespace, String version, Map<String, ?> parameters) {
        Map<String, @Nullable Object> workflow = map(
                "apiVersion",
                ArgoKinds.API_VERSION,
                "kind",
                ArgoKinds.WORKFLOW,
                "metadata",
                map("generateName", plain + "-", "namespace", namespace),
                "spec",
                map("workflowTemplateRef", map("name", version)));
        override(workflow, parameters);
        return workflow;
    }

    /** Gives a Workflow's arguments these values, in place. */
    public static void override(Map<String, @Nullable Object> workflow, Map<String, ?> parameters) {
        if (parameters.isEmpty()) {
            return;
        }
        List<@Nullable Object> arguments = new ArrayList<>(Tree.list(workflow, "spec", "arguments", "parameters"));
        arguments.removeIf(argument -> parameters.containsKey(Tree.text(argument, "name")));
        parameters.forEach((name, value) -> arguments.add(map("name", name, "value", String.valueOf(value))));
        Tree.set(workflow, arguments, "spec", "arguments", "parameters");
    }

    /** What a submitted Workflow is called. */
    public static Map<String, @Nullable Object> started(Map<String, @Nullable Object> created) {
        return map(
                "name", Tree.text(created, "metadata", "name"),
                "namespace", Tree.text(created, "metadata", "namespace"),
                "uid", Tree.text(created, "metadata", "uid"),
                "version", Tree.text(created, "spec", "workflowTemplateRef", "name"));
    }

    /** A Workflow in one line. */
    public static Map<String, @Nullable Object> summary(Map<String, @Nullable Object> workflow) {
        return map(
                "name", Tree.text(workflow, "metadata", "name"),
                "namespace", Tree.text(workflow, "metadata", "namespace"),
                "uid", Tree.text(workflow, "metadata", "uid"),
                "template", Tree.text(workflow, "spec", "workflowTemplateRef", "name"),
                "phase", Tree.text(workflow, "status", "phase"),
                "message", Tree.text(workflow, "status", "message"),
                "startedAt", Tree.text(workflow, "status", "startedAt"),
                "finishedAt", Tree.text(workflow, "status", "finishedAt"));
    }

    /**
     * Adds verdict and commit to a summary, in place.
     *
     * @param recorded what is recorded of the run; null before it ended
     * @return the summary
     */
    public static Map<String, @Nullable Object> recorded(
            Map<String, @Nullable Object> run, @Nullable Map<String, @Nullable Object> recorded) {
        run.put("verdict", Tree.text(recorded, "verdict"));
        Object commit = Tree.at(recorded, "commit");
        run.put("commit", commit instanceof String id ? id : Tree.text(commit, "id"));
        return run;
    }

    /** Adds outputs and steps to a summary, in place. */
    public static void details(Map<String, @Nullable Object> run, Map<String, @Nullable Object> workflow) {
        Map<String, @Nullable Object> outputs = new LinkedHashMap<>();
        Tree.maps(workflow, "status", "outputs", "parameters")
                .forEach(parameter -> outputs.put(Tree.text(parameter, "name"), parameter.get("value")));
        run.put("outputs", outputs);
        List<Object> nodes = new ArrayList<>();
        for (Map<String, @Nullable Object> node : steps(workflow)) {
            nodes.add(step(Tree.text(workflow, "metadata", "name"), node));
        }
        run.put("nodes", nodes);
    }

    /** The nodes of a Workflow that people know as steps, in the order in which they began. */
    public static List<Map<String, @Nullable Object>> steps(Map<String, @Nullable Object> workflow) {
        List<Map<String, @Nullable Object>> pods = new ArrayList<>();
        for (Object node : Tree.map(workflow, "status", "nodes").values()) {
            if (node instanceof Map<?, ?> map && List.of("Pod", "Skipped").contains(Tree.text(map, "type"))) {
                pods.add(Tree.cast(map));
            }
        }
        pods.sort(Comparator.comparing(node -> Tree.text(node, "startedAt")));
        return pods;
    }

    /** A node under the name of its step: a first attempt has no number, an exit handler not the run's name. */
    public static Map<String, @Nullable Object> step(String run, Map<String, @Nullable Object> node) {
        String step = Tree.text(node, "displayName").replaceAll("\\(0\\)$", "");
        return map(
                "id", Tree.text(node, "id"),
                "displayName", step.startsWith(run + ".") ? step.substring(run.length() + 1) : step,
                "phase", Tree.text(node, "phase"),
                "message", Tree.text(node, "message"),
                "startedAt", Tree.text(node, "startedAt"),
                "finishedAt", Tree.text(node, "finishedAt"));
    }
}
