package dev.plumbline.registry.argo;

import dev.plumbline.registry.json.Tree;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code argo retry} (v4.1) makes of a Workflow that failed: steps that failed, whatever came after them and the exit handler are
 * forgotten and their pods deleted; what encloses them runs again; all else stays, the stored spec above all, so that a retry runs the old
 * revision.
 *
 * @param patch a JSON merge patch of the Workflow, conditional on its resourceVersion
 * @param pods names of pods that are deleted before, because their successors have the same names
 */
public record RunRetry(Map<String, @Nullable Object> patch, List<String> pods) {

    private static final Set<String> FAILED = Set.of("Failed", "Error");
    private static final Set<String> EXECUTED = Set.of("Pod", "HTTP", "Plugin");
    private static final Set<String> FANS = Set.of("StepGroup", "TaskGroup");
    private static final String COMPLETED = "workflows.argoproj.io/completed";
    private static final String ARCHIVING = "workflows.argoproj.io/workflow-archiving-status";
    private static final String POD_NAMES = "workflows.argoproj.io/pod-name-format";

    /** Why a Workflow cannot be retried here; empty when it can. */
    public static String refusal(Map<String, @Nullable Object> workflow) {
        String phase = Tree.text(workflow, "status", "phase");
        if (!FAILED.contains(phase)) {
            return "it is " + (phase.isEmpty() ? "Pending" : phase) + "; only a run that is Failed or Error is retried";
        }
        boolean elsewhere = !Tree.text(workflow, "status", "compressedNodes").isEmpty()
                || !Tree.text(workflow, "status", "offloadNodeStatusVersion").isEmpty();
        return elsewhere ? "its nodes are compressed or offloaded; use argo retry, which reads them" : "";
    }

    /**
     * Works it out.
     *
     * @param workflow one without a {@link #refusal}
     * @param parameters values that arguments get, in the stored spec too
     * @param now when it starts again
     */
    public static RunRetry of(Map<String, @Nullable Object> workflow, Map<String, String> parameters, Instant now) {
        return new Work(
                        workflow,
                        parameters,
                        now.truncatedTo(ChronoUnit.SECONDS).toString())
                .retry();
    }

    /** The name of the pod of a node, in the form that its Workflow says it was made in. */
    public static String podName(Map<String, @Nullable Object> workflow, Map<String, @Nullable Object> node) {
        if (Tree.text(workflow, "metadata", "annotations", POD_NAMES).equals("v1")) {
            return Tree.text(node, "id");
        }
        String referred = Tree.text(node, "templateRef", "template");
        return NodeIds.podName(
                Tree.text(workflow, "metadata", "name"),
                Tree.text(node, "name"),
                referred.isEmpty() ? Tree.text(node, "templateName") : referred);
    }

    /** One working out. */
    private static final class Work {

        private final Map<String, @Nullable Object> workflow;
        private final Map<String, String> parameters;
        private final String now;
        private final Map<String, Map<String, @Nullable Object>> nodes = new LinkedHashMap<>();
        private final Map<String, List<String>> parents = new LinkedHashMap<>();
        private final Set<String> forgotten = new LinkedHashSet<>();
        private final Set<String> again = new LinkedHashSet<>();

        Work(Map<String, @Nullable Object> workflow, Map<String, String> parameters, String now) {
            this.workflow = workflow;
            this.parameters = parameters;
            this.now = now;
            for (String id : Tree.map(workflow, "status", "nodes").keySet()) {
                Map<String, @Nullable Object> node = Tree.map(workflow, "status", "nodes", id);
                nodes.put(id, node);
                for (String child : children(node)) {
                    parents.computeIfAbsent(child, first -> new ArrayList<>()).add(id);
                }
            }
        }

        RunRetry retry() {
            List<String> failed =
                    nodes.keySet().stream().filter(this::isToRepeat).toList();
            failed.forEach(this::forget);
            failed.forEach(this::enclosing);
            if (!parameters.isEmpty()) { // A list that is fanned out may be another one now.
                again.stream()
                        .filter(id -> FANS.contains(type(id)))
                        .forEach(id -> children(nodes.get(id)).forEach(this::forget));
            }
            String exit = Tree.text(workflow, "metadata", "name") + ".onExit";
            nodes.keySet().stream()
                    .filter(id -> Tree.text(nodes.get(id), "name").startsWith(exit))
                    .forEach(this::forget);
            again.removeAll(forgotten);
            return new RunRetry(patch(), pods());
        }

        /** A step that failed, unless the run went on after it all the same. */
        private boolean isToRepeat(String id) {
            if (!EXECUTED.contains(type(id)) || !FAILED.contains(phase(id))) {
                return false;
            }
            boolean attempt = Boolean.TRUE.equals(Tree.at(nodes.get(id), "nodeFlag", "retried"));
            String whole = !attempt
                    ? id
                    : parents(id).stream()
                            .filter(parent -> type(parent).equals("Retry"))
                            .findFirst()
                            .orElse(id);
            return below(whole).stream().noneMatch(child -> phase(child).equals("Succeeded"));
        }

        private Set<String> below(String id) {
            Set<String> below = new LinkedHashSet<>();
            List<String> open = new ArrayList<>(children(nodes.get(id)));
            while (!open.isEmpty()) {
                String next = open.removeLast();
                if (nodes.containsKey(next) && below.add(next)) {
                    open.addAll(children(nodes.get(next)));
                }
            }
            return below;
        }

        private void forget(String id) {
            if (forgotten.add(id)) {
                forgotten.addAll(below(id));
            }
        }

        /** What a node is in: its fan, its attempts, and the DAG or steps around them, outwards. */
        private void enclosing(String id) {
            for (String parent : parents(id)) {
                String type = type(parent);
                boolean around = FANS.contains(type) || (type.equals("Retry") && FAILED.contains(phase(parent)));
                if (around && again.add(parent)) {
                    enclosing(parent);
                }
            }
            String boundary = Tree.text(nodes.get(id), "boundaryID");
            if (nodes.containsKey(boundary) && again.add(boundary)) {
                enclosing(boundary);
            }
        }

        private Map<String, @Nullable Object> patch() {
            Map<String, @Nullable Object> patch = new LinkedHashMap<>();
            Tree.set(patch, Tree.text(workflow, "metadata", "resourceVersion"), "metadata", "resourceVersion");
            Tree.set(patch, null, "metadata", "labels", COMPLETED);
            Tree.set(patch, null, "metadata", "labels", ARCHIVING);
            Tree.set(patch, null, "spec", "shutdown");
            if (Long.valueOf(0).equals(Tree.at(workflow, "spec", "activeDeadlineSeconds"))) {
                Tree.set(patch, null, "spec", "activeDeadlineSeconds"); // It was terminated.
            }
            Map<String, @Nullable Object> status = new LinkedHashMap<>();
            status.put("phase", "");
            status.put("message", null);
            status.put("startedAt", now);
            status.put("finishedAt", null);
            status.put("persistentVolumeClaims", null);
            status.put("conditions", conditions());
            if (!Tree.map(workflow, "status", "storedWorkflowTemplateSpec").isEmpty()) {
                Tree.set(status, null, "storedWorkflowTemplateSpec", "shutdown");
            }
            Map<String, @Nullable Object> changed = new LinkedHashMap<>();
            nodes.keySet().forEach(id -> node(id, changed));
            status.put("nodes", changed);
            patch.put("status", status);
            arguments(patch);
            return patch;
        }

        private List<Object> conditions() {
            List<Object> conditions = new ArrayList<>();
            Tree.maps(workflow, "status", "conditions").stream()
                    .filter(condition -> !Tree.text(condition, "type").equals("Completed"))
                    .forEach(conditions::add);
            conditions.add(Map.of("type", "Completed", "status", "False"));
            return conditions;
        }

        private void node(String id, Map<String, @Nullable Object> changed) {
            if (forgotten.contains(id)) {
                changed.put(id, null);
                return;
            }
            Map<String, @Nullable Object> node = new LinkedHashMap<>();
            if (again.contains(id)) {
                node.put("phase", phase(id).equals("Skipped") ? "Skipped" : "Running");
                node.put("message", null);
                node.put("startedAt", now);
                node.put("finishedAt", null);
            }
            for (String list : List.of("children", "outboundNodes")) {
                List<@Nullable Object> all = Tree.list(nodes.get(id), list);
                List<@Nullable Object> left =
                        all.stream().filter(one -> !forgotten.contains(one)).toList();
                if (left.size() < all.size()) {
                    node.put(list, left);
                }
            }
            if (!node.isEmpty()) {
                changed.put(id, node);
            }
        }

        private void arguments(Map<String, @Nullable Object> patch) {
            if (parameters.isEmpty()) {
                return;
            }
            for (String[] place : List.of(
                    new String[] {"spec", "arguments", "parameters"},
                    new String[] {"status", "storedWorkflowTemplateSpec", "arguments", "parameters"})) {
                if (place[0].equals("status")
                        && Tree.map(workflow, "status", "storedWorkflowTemplateSpec")
                                .isEmpty()) {
                    continue;
                }
                List<@Nullable Object> list = new ArrayList<>(Tree.list(workflow, place));
                list.removeIf(argument -> parameters.containsKey(Tree.text(argument, "name")));
                parameters.forEach((name, value) -> list.add(Map.of("name", name, "value", value)));
                Tree.set(patch, list, place);
            }
        }

        private List<String> pods() {
            return forgotten.stream()
                    .filter(id -> type(id).equals("Pod"))
                    .map(id -> podName(workflow, Tree.map(nodes.get(id))))
                    .distinct()
                    .toList();
        }

        private List<String> parents(String id) {
            return parents.getOrDefault(id, List.of());
        }

        private static List<String> children(@Nullable Map<String, @Nullable Object> node) {
            return Tree.list(node, "children").stream().map(String::valueOf).toList();
        }

        private String type(String id) {
            return Tree.text(nodes.get(id), "type");
        }

        private String phase(String id) {
            return Tree.text(nodes.get(id), "phase");
        }
    }
}
