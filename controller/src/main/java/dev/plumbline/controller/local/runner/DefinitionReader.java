package dev.plumbline.controller.local.runner;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.registry.argo.DagTask;
import dev.plumbline.registry.argo.Refusal;
import dev.plumbline.registry.argo.RunnerSupport;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.argo.TemplateRef;
import dev.plumbline.registry.argo.WorkflowSpec;
import dev.plumbline.registry.json.Tree;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a new run will execute, once, and refuses by name what this runner does not execute. */
final class DefinitionReader {

    private final ClusterReader reader;
    private final String namespace;
    private final Map<String, Map<String, @Nullable Object>> objects = new HashMap<>();
    private final Map<String, @Nullable Object> stored = new LinkedHashMap<>();
    private final Set<String> seen = new HashSet<>();

    private DefinitionReader(ClusterReader reader, String namespace) {
        this.reader = reader;
        this.namespace = namespace;
    }

    /**
     * The definition of a run that has not started.
     *
     * @throws NodeProblem when something that it needs is missing or is not executed by this runner
     */
    static RunDefinition read(ClusterReader reader, Map<String, @Nullable Object> workflow)
            throws NodeProblem, ClusterException {
        return new DefinitionReader(reader, Tree.text(workflow, "metadata", "namespace")).read(workflow);
    }

    private RunDefinition read(Map<String, @Nullable Object> workflow) throws NodeProblem, ClusterException {
        WorkflowSpec own = WorkflowSpec.of(workflow);
        TemplateRef ref = own.workflowTemplateRef();
        Map<String, @Nullable Object> joined = null;
        if (ref != null) {
            if (own.tree().containsKey("templates")) {
                throw new NodeProblem(
                        "invalid spec: Templates is invalid field in spec if workflow referred WorkflowTemplate reference");
            }
            joined = SpecJoin.join(own.tree(), Tree.map(object(ref), "spec"));
        }
        WorkflowSpec spec = joined == null ? own : new WorkflowSpec(joined);
        refuse(RunnerSupport.checkSpec(spec, List.of("spec")));
        String scope = "local/" + Tree.text(workflow, "metadata", "name");
        RunDefinition definition = new RunDefinition(spec, joined, stored);
        String entrypoint = spec.entrypoint();
        if (entrypoint == null) {
            throw new NodeProblem("invalid spec: spec.entrypoint is required");
        }
        reach(definition, Caller.of(entrypoint), scope, "spec.entrypoint");
        String onExit = spec.onExit();
        if (onExit != null && !onExit.isEmpty()) {
            reach(definition, Caller.of(onExit), scope, "spec.onExit");
        }
        hooks(definition, spec.tree(), scope, "spec");
        return definition;
    }

    /** Stores and checks the template that is named, and all that it names in turn. */
    private void reach(RunDefinition definition, Caller caller, String scope, String place)
            throws NodeProblem, ClusterException {
        if (caller.inline() == null && !seen.add(scope + " " + caller.template() + " " + caller.ref())) {
            return;
        }
        String key = caller.storedKey(scope);
        if (key != null && !stored.containsKey(key)) {
            store(caller, scope, key, place);
        }
        Template template = definition.template(caller, scope);
        if (template == null) {
            throw new NodeProblem("invalid spec: " + place + ": template name '" + caller.template() + "' undefined");
        }
        String path = caller.inline() != null ? place + ".inline" : key == null ? "templates." + template.name() : key;
        refuse(RunnerSupport.checkTemplate(template, List.of(path)));
        String inside = caller.scopeOfCallee(scope);
        for (DagTask task : template.tasks()) {
            member(definition, task, inside, path + ".tasks." + task.name());
        }
        for (int i = 0; i < template.steps().size(); i++) {
            for (DagTask step : template.steps().get(i)) {
                member(definition, step, inside, path + ".steps[" + i + "]." + step.name());
            }
        }
    }

    private void member(RunDefinition definition, DagTask task, String scope, String place)
            throws NodeProblem, ClusterException {
        Caller caller = Caller.of(task);
        if (caller.inline() != null && !scope.startsWith("local/")) {
            // Where Argo keeps it, and whoever records the run looks for it.
            stored.put(scope + "/inline/" + task.name(), Tree.copy(caller.inline()));
        }
        reach(definition, caller, scope, place);
        String onExit = Tree.text(task.tree(), "onExit");
        if (!onExit.isEmpty()) {
            reach(definition, Caller.of(onExit), scope, place + ".onExit");
        }
        hooks(definition, task.tree(), scope, place);
    }

    private void hooks(RunDefinition definition, Map<String, @Nullable Object> owner, String scope, String place)
            throws NodeProblem, ClusterException {
        for (Map.Entry<String, @Nullable Object> hook : Tree.map(owner, "hooks").entrySet()) {
            reach(
                    definition,
                    Caller.of(new DagTask(Tree.map(hook.getValue()))),
                    scope,
                    place + ".hooks." + hook.getKey());
        }
    }

    private void store(Caller caller, String scope, String key, String place) throws NodeProblem, ClusterException {
        TemplateRef ref = caller.ref();
        if (ref == null) {
            String[] parts = scope.split("/", 2);
            ref = new TemplateRef(parts[1], String.valueOf(caller.template()), parts[0].equals("cluster"));
        }
        WorkflowSpec spec = WorkflowSpec.of(object(ref));
        Template template = spec.template(ref.template());
        if (template == null) {
            throw new NodeProblem("invalid spec: " + place + ": template reference " + ref.name() + "." + ref.template()
                    + " not found");
        }
        Map<String, @Nullable Object> copy = Tree.copy(template.tree());
        for (String field : List.of("labels", "annotations")) {
            Map<String, @Nullable Object> pod = Tree.map(spec.tree(), "podMetadata", field);
            Map<String, @Nullable Object> merged = new LinkedHashMap<>(pod);
            merged.putAll(Tree.map(copy, "metadata", field));
            if (!pod.isEmpty()) {
                Tree.set(copy, merged, "metadata", field);
            }
        }
        stored.put(key, copy);
    }

    private Map<String, @Nullable Object> object(TemplateRef ref) throws NodeProblem, ClusterException {
        Map<String, @Nullable Object> known = objects.get(ref.scope());
        if (known != null) {
            return known;
        }
        Optional<Map<String, @Nullable Object>> found = reader.get(ref.key(namespace));
        if (found.isEmpty()) {
            throw new NodeProblem(
                    "invalid spec: " + ref.key(namespace).display() + " not found in namespace '" + namespace + "'");
        }
        objects.put(ref.scope(), found.get());
        return found.get();
    }

    private static void refuse(List<Refusal> refusals) throws NodeProblem {
        if (!refusals.isEmpty()) {
            throw new NodeProblem("invalid spec: "
                    + String.join("; ", refusals.stream().map(Refusal::toString).toList()));
        }
    }
}
