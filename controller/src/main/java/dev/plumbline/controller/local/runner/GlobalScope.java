package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.Parameter;
import dev.plumbline.registry.argo.Tags;
import dev.plumbline.registry.argo.WorkflowSpec;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The names under {@code workflow.} that tags may use anywhere in a run. Outputs come to it while the run goes on. */
final class GlobalScope implements Tags.Scope {

    private static final String OUTPUT = "workflow.outputs.parameters.";

    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final Map<String, Map<String, @Nullable Object>> parameters = new LinkedHashMap<>();
    private final Map<String, Map<String, @Nullable Object>> artifacts = new LinkedHashMap<>();
    private final Instant started;
    private final InstantSource clock;

    /**
     * The scope of a run.
     *
     * @param workflow the Workflow, with the labels and annotations that its start gives it
     * @param arguments the values of the parameters of the spec that executes
     * @param started when the run began
     */
    GlobalScope(
            Map<String, @Nullable Object> workflow,
            WorkflowSpec spec,
            Map<String, String> arguments,
            Instant started,
            InstantSource clock) {
        this.started = started;
        this.clock = clock;
        for (String field : List.of("name", "namespace", "uid")) {
            names.put("workflow." + field, Tree.text(workflow, "metadata", field));
        }
        names.put("workflow.mainEntrypoint", String.valueOf(spec.entrypoint()));
        String account = Tree.text(spec.tree(), "serviceAccountName");
        names.put("workflow.serviceAccountName", account.isEmpty() ? "default" : account);
        created(Tree.text(workflow, "metadata", "creationTimestamp"));
        for (String field : List.of("labels", "annotations")) {
            Map<String, @Nullable Object> map = Tree.map(workflow, "metadata", field);
            map.forEach((key, value) -> names.put("workflow." + field + "." + key, String.valueOf(value)));
            names.put("workflow." + field, Json.write(map));
            names.put("workflow." + field + ".json", Json.write(map));
        }
        List<Map<String, @Nullable Object>> list = new ArrayList<>();
        for (Parameter parameter : spec.parameters()) {
            String value = arguments.get(parameter.name());
            if (value != null) {
                names.put("workflow.parameters." + parameter.name(), value);
                list.add(Map.of("name", parameter.name(), "value", value));
            }
        }
        names.put("workflow.parameters", Json.write(list));
        names.put("workflow.parameters.json", Json.write(list));
        if (spec.tree().get("priority") instanceof Number priority) {
            names.put("workflow.priority", priority.toString());
        }
        restore(Tree.map(workflow, "status", "outputs"));
        status(Phase.RUNNING);
    }

    @Override
    public @Nullable String get(String name) {
        return name.equals("workflow.duration")
                ? Long.toString(Duration.between(started, clock.instant()).toSeconds())
                : names.get(name);
    }

    /** All of them with their values. */
    Map<String, @Nullable Object> all() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(names);
        all.put("workflow.duration", get("workflow.duration"));
        return all;
    }

    /** Sets {@code workflow.status}. */
    void status(String phase) {
        names.put("workflow.status", phase);
    }

    /** Sets {@code workflow.failures}, which Argo writes as JSON inside a JSON text. */
    void failures(List<Map<String, @Nullable Object>> failed) {
        names.put("workflow.failures", Json.write(Json.write(failed.isEmpty() ? null : failed)));
    }

    /** Takes up the outputs of a node that have a global name; returns the run's outputs when there are any. */
    synchronized @Nullable Map<String, @Nullable Object> add(Map<String, @Nullable Object> outputs) {
        boolean changed = false;
        for (Map<String, @Nullable Object> parameter : Tree.maps(outputs, "parameters")) {
            String name = Tree.text(parameter, "globalName");
            if (!name.isEmpty()) {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>();
                copy.put("name", name);
                copy.put("value", parameter.get("value"));
                parameters.put(name, copy);
                names.put(OUTPUT + name, Tree.text(parameter, "value"));
                changed = true;
            }
        }
        for (Map<String, @Nullable Object> artifact : Tree.maps(outputs, "artifacts")) {
            String name = Tree.text(artifact, "globalName");
            if (!name.isEmpty()) {
                Map<String, @Nullable Object> copy = Tree.copy(artifact);
                copy.remove("globalName");
                copy.put("name", name);
                artifacts.put(name, copy);
                changed = true;
            }
        }
        return changed ? outputs() : null;
    }

    /** The artifacts by their global names. */
    synchronized Map<String, Map<String, @Nullable Object>> artifacts() {
        return new LinkedHashMap<>(artifacts);
    }

    /** The artifact of a global name; null when there is none. */
    synchronized @Nullable Map<String, @Nullable Object> artifact(String globalName) {
        return artifacts.get(globalName);
    }

    private Map<String, @Nullable Object> outputs() {
        Map<String, @Nullable Object> outputs = new LinkedHashMap<>();
        if (!parameters.isEmpty()) {
            outputs.put("parameters", new ArrayList<@Nullable Object>(parameters.values()));
        }
        if (!artifacts.isEmpty()) {
            outputs.put("artifacts", new ArrayList<@Nullable Object>(artifacts.values()));
        }
        return outputs;
    }

    private void restore(Map<String, @Nullable Object> outputs) {
        for (Map<String, @Nullable Object> parameter : Tree.maps(outputs, "parameters")) {
            parameters.put(Tree.text(parameter, "name"), parameter);
            names.put(OUTPUT + Tree.text(parameter, "name"), Tree.text(parameter, "value"));
        }
        Tree.maps(outputs, "artifacts").forEach(artifact -> artifacts.put(Tree.text(artifact, "name"), artifact));
    }

    private void created(String timestamp) {
        names.put("workflow.creationTimestamp", timestamp);
        names.put("workflow.creationTimestamp.RFC3339", timestamp);
        try {
            names.put(
                    "workflow.creationTimestamp.s",
                    Long.toString(Instant.parse(timestamp).getEpochSecond()));
        } catch (DateTimeParseException e) {
            // An object without a readable creation time has no such name; the tag then stays as written.
            names.remove("workflow.creationTimestamp.s");
        }
    }
}
