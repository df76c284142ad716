package dev.plumbline.registry.run;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.run.ExecutedDefinition.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Workflow object. Which definition a node executed follows Argo's own rule: a {@code templateRef} names a stored
 * template; without one a {@code templateScope} that is not local does; otherwise it is a template of the spec that was
 * stored, or of the Workflow's own where none was. A form that is not known is named as an obscurity, never guessed.
 */
public final class RunObserver {

    private static final Set<String> FINAL_PHASES = Set.of("Succeeded", "Failed", "Error");
    private static final Set<String> EXECUTED_NOTHING = Set.of("StepGroup", "TaskGroup", "Skipped", "Container");
    private static final Set<String> EXECUTED = Set.of("Pod", "Steps", "DAG", "Retry", "Suspend", "HTTP", "Plugin");

    private static final String ORIGINAL = "original pod: ";

    private final Map<String, @Nullable Object> workflow;
    private final List<String> obscurities = new ArrayList<>();
    private final List<BorrowedResult> borrowed = new ArrayList<>();
    private final Map<String, Set<String>> executed = new TreeMap<>();
    private final Set<String> local = new TreeSet<>();

    private RunObserver(Map<String, @Nullable Object> workflow) {
        this.workflow = workflow;
    }

    /** Reads one Workflow object, which may not change afterwards. */
    public static Observation observe(Map<String, @Nullable Object> workflow) {
        return new RunObserver(workflow).read();
    }

    private Observation read() {
        Map<String, @Nullable Object> status = Tree.map(workflow, "status");
        Map<String, @Nullable Object> nodes = NodeStatuses.of(status, obscurities);
        List<NodeOutcome> outcomes = new ArrayList<>();
        List<ArtifactRecord> artifacts = new ArrayList<>();
        artifacts(artifacts, "", Tree.maps(status, "outputs", "artifacts"));
        nodes.forEach((id, value) -> read(id, value, outcomes, artifacts));
        outcomes.sort(java.util.Comparator.comparing(NodeOutcome::name));
        String phase = Tree.text(status, "phase");
        Map<String, @Nullable Object> labels = Tree.map(workflow, "metadata", "labels");
        List<ExecutedDefinition> definitions = definitions(status);
        RunArtifactPlaces places = new RunArtifactPlaces(workflow, nodes);
        return new Observation(
                Tree.text(workflow, "metadata", "namespace"),
                Tree.text(workflow, "metadata", "name"),
                Tree.text(workflow, "metadata", "uid"),
                Tree.text(status, "startedAt"),
                Tree.text(workflow, "metadata", "creationTimestamp"),
                Tree.text(status, "finishedAt"),
                phase,
                Tree.text(status, "message"),
                FINAL_PHASES.contains(phase) && "true".equals(labels.get("workflows.argoproj.io/completed")),
                Trigger.of(labels),
                Map.of("labels", labels, "annotations", Tree.map(workflow, "metadata", "annotations")),
                Tree.map(workflow, "spec"),
                definitions.isEmpty()
                        ? Map.of()
                        : parameters(Tree.maps(definitions.getFirst().content(), "arguments", "parameters")),
                definitions,
                outcomes,
                parameters(Tree.maps(status, "outputs", "parameters")),
                artifacts,
                places.made(),
                places.given(),
                SeenContainers.NONE,
                obscurities,
                borrowed);
    }

    private void read(String id, @Nullable Object value, List<NodeOutcome> outcomes, List<ArtifactRecord> artifacts) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> node = Tree.cast(map);
            outcomes.add(outcome(id, node));
            artifacts(artifacts, Tree.text(node, "name"), Tree.maps(node, "outputs", "artifacts"));
        } else {
            obscurities.add("node " + id + " is not an object");
        }
    }

    private List<ExecutedDefinition> definitions(Map<String, @Nullable Object> status) {
        List<ExecutedDefinition> definitions = new ArrayList<>();
        boolean referring = Tree.at(workflow, "spec", "workflowTemplateRef") != null;
        List<String> names = List.copyOf(local);
        if (!referring) {
            definitions.add(
                    new ExecutedDefinition(Kind.OWN_SPEC, ExecutedDefinition.SPEC, Tree.map(workflow, "spec"), names));
        } else if (Tree.at(status, "storedWorkflowTemplateSpec") != null) {
            definitions.add(new ExecutedDefinition(
                    Kind.STORED_SPEC, ExecutedDefinition.SPEC, Tree.map(status, "storedWorkflowTemplateSpec"), names));
        } else {
            obscurities.add("the run refers to a template, but the spec that it executed was not stored");
        }
        executed.forEach((reference, templates) -> {
            Map<String, @Nullable Object> content = Tree.map(status, "storedTemplates", reference);
            if (content.isEmpty()) {
                obscurities.add("template " + reference + " was executed but not stored");
            } else {
                definitions.add(
                        new ExecutedDefinition(Kind.STORED_TEMPLATE, reference, content, List.copyOf(templates)));
            }
        });
        return definitions;
    }

    private NodeOutcome outcome(String id, Map<String, @Nullable Object> node) {
        String name = Tree.text(node, "name");
        return new NodeOutcome(
                id,
                name,
                Tree.text(node, "type"),
                definition(name, node),
                Tree.text(node, "phase"),
                Tree.text(node, "message"),
                Tree.text(node, "startedAt"),
                Tree.text(node, "finishedAt"),
                Tree.text(node, "outputs", "exitCode"),
                parameters(Tree.maps(node, "inputs", "parameters")),
                parameters(Tree.maps(node, "outputs", "parameters")));
    }

    /** The reference of the definition that a node executed; empty where it executed none. */
    private String definition(String name, Map<String, @Nullable Object> node) {
        String type = Tree.text(node, "type");
        String message = Tree.text(node, "message");
        if (Boolean.TRUE.equals(Tree.at(node, "memoizationStatus", "hit"))) {
            String why = "node " + name + " took its results from a cache that an earlier run filled";
            Map<String, @Nullable Object> memory = Tree.map(node, "memoizationStatus");
            borrow(node, new BorrowedResult(name, Tree.text(memory, "cacheName"), Tree.text(memory, "key"), "", why));
            return "";
        }
        if (message.startsWith(ORIGINAL)) {
            String why = "node " + name + " took its results from an earlier run (" + message + ")";
            borrow(node, new BorrowedResult(name, "", "", message.substring(ORIGINAL.length()), why));
            return "";
        }
        String phase = Tree.text(node, "phase");
        if (EXECUTED_NOTHING.contains(type) || phase.equals("Skipped") || phase.equals("Omitted")) {
            return "";
        }
        if (!EXECUTED.contains(type)) {
            obscurities.add("node " + name + " is of a type that is not known: " + (type.isEmpty() ? "none" : type));
            return "";
        }
        String reference = reference(name, node);
        if (reference.startsWith(ExecutedDefinition.SPEC + "/")) {
            local.add(reference.substring(ExecutedDefinition.SPEC.length() + 1));
        } else if (!reference.isEmpty()) {
            executed.computeIfAbsent(reference, _ -> new TreeSet<>())
                    .add(reference.substring(reference.lastIndexOf('/') + 1));
        }
        return reference;
    }

    /** What a step printed stands in no record, so that it cannot be compared with what an earlier run printed. */
    private void borrow(Map<String, @Nullable Object> node, BorrowedResult result) {
        if (Tree.at(node, "outputs", "result") == null) {
            borrowed.add(result);
        } else {
            obscurities.add(result.why() + ", and what a step printed is in no record to compare it with");
        }
    }

    private String reference(String name, Map<String, @Nullable Object> node) {
        Map<String, @Nullable Object> ref = Tree.map(node, "templateRef");
        String template = Tree.text(node, "templateName");
        String scope = Tree.text(node, "templateScope");
        boolean isLocal = scope.isEmpty() || scope.startsWith("local/");
        if (!ref.isEmpty()) {
            String kind = Boolean.TRUE.equals(ref.get("clusterScope")) ? "cluster/" : "namespaced/";
            return kind + Tree.text(ref, "name") + "/" + Tree.text(ref, "template");
        }
        if (!template.isEmpty()) {
            return (isLocal ? ExecutedDefinition.SPEC : scope) + "/" + template;
        }
        if (!isLocal) {
            String step = Tree.text(node, "displayName");
            int loop = step.indexOf('(');
            return scope + "/inline/" + (loop < 0 ? step : step.substring(0, loop));
        }
        // An inline template of a local one is part of the content of the template around it.
        if (Tree.text(node, "boundaryID").isEmpty()) {
            obscurities.add("node " + name + " names no template");
        }
        return "";
    }

    private static void artifacts(
            List<ArtifactRecord> artifacts, String node, List<Map<String, @Nullable Object>> declared) {
        for (Map<String, @Nullable Object> artifact : declared) {
            for (String store : new String[] {"s3", "gcs", "azure", "oss", "hdfs", "plugin"}) {
                Map<String, @Nullable Object> location = Tree.map(artifact, store);
                for (String field : new String[] {"key", "blob", "path"}) {
                    String key = Tree.text(location, field);
                    if (!key.isEmpty()) {
                        artifacts.add(new ArtifactRecord(node, Tree.text(artifact, "name"), key));
                    }
                }
            }
        }
    }

    private static Map<String, String> parameters(List<Map<String, @Nullable Object>> parameters) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> parameter : parameters) {
            Object value = parameter.get("value");
            if (value != null) {
                values.put(Tree.text(parameter, "name"), value.toString());
            }
        }
        return values;
    }
}
