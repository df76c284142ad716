package dev.plumbline.registry.template;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.argo.Artifact;
import dev.plumbline.registry.argo.Parameter;
import dev.plumbline.registry.argo.Reference;
import dev.plumbline.registry.argo.References;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One place that uses a WorkflowTemplate or ClusterWorkflowTemplate: a task or step with {@code templateRef}, or a Workflow,
 * CronWorkflow, WorkflowEventBinding or Sensor's trigger with {@code workflowTemplateRef}.
 *
 * @param consumer the object that holds it
 * @param location where the reference is written
 * @param target the template that is called
 * @param template the template in it; null when all of it is run
 * @param parameters what is given: name to value, null where the value comes from elsewhere
 * @param artifacts names of the artifacts that are given
 * @param outputParameters names of what the caller reads of what it gives
 * @param outputArtifacts the same of artifacts
 */
record TemplateCall(
        ObjectKey consumer,
        Location location,
        ObjectKey target,
        @Nullable String template,
        Map<String, @Nullable String> parameters,
        Set<String> artifacts,
        Set<String> outputParameters,
        Set<String> outputArtifacts) {

    /** The calls of an object whose target's name is known, and asked for. */
    static List<TemplateCall> of(Manifest object, Predicate<ObjectKey> targets) {
        List<TemplateCall> calls = new ArrayList<>();
        collect(object, object.content(), List.of(), targets, calls);
        if (object.key().kind().equals("Sensor") && object.key().group().equals(ArgoKinds.GROUP)) {
            List<@Nullable Object> triggers = Tree.list(object.content(), "spec", "triggers");
            for (int i = 0; i < triggers.size(); i++) {
                for (String sort : List.of("argoWorkflow", "k8s")) {
                    Map<String, @Nullable Object> resource =
                            Tree.map(triggers.get(i), "template", sort, "source", "resource");
                    collect(
                            object,
                            resource,
                            List.of("spec", "triggers", Integer.toString(i), "template", sort, "source", "resource"),
                            targets,
                            calls);
                }
            }
        }
        return calls;
    }

    private static void collect(
            Manifest object,
            Map<String, @Nullable Object> tree,
            List<String> prefix,
            Predicate<ObjectKey> targets,
            List<TemplateCall> calls) {
        for (Reference reference : References.of(tree)) {
            String field = reference.path().get(reference.path().size() - 2);
            if (!reference.dynamic() && (field.equals("templateRef") || field.equals("workflowTemplateRef"))) {
                ObjectKey target = target(object, reference);
                if (targets.test(target)) {
                    calls.add(call(object, target, tree, prefix, reference));
                }
            }
        }
    }

    /** What a Sensor submits has no namespace of its own and runs in the Sensor's. */
    private static ObjectKey target(Manifest object, Reference reference) {
        ObjectKey target = reference.target();
        return target.namespace().isEmpty() && target.kind().equals(ArgoKinds.WORKFLOW_TEMPLATE)
                ? ArgoKinds.template(object.key().namespace(), target.name(), false)
                : target;
    }

    private static TemplateCall call(
            Manifest object,
            ObjectKey target,
            Map<String, @Nullable Object> tree,
            List<String> prefix,
            Reference reference) {
        List<String> path = reference.path();
        Object holder = at(tree, path.subList(0, path.size() - 2));
        Map<String, @Nullable String> parameters = new LinkedHashMap<>();
        Tree.maps(holder, "arguments", "parameters").stream()
                .map(Parameter::new)
                .forEach(argument -> parameters.put(argument.name(), argument.effective()));
        Set<String> artifacts = new TreeSet<>();
        Tree.maps(holder, "arguments", "artifacts").stream()
                .map(Artifact::new)
                .forEach(argument -> artifacts.add(argument.name()));
        List<String> full = new ArrayList<>(prefix);
        full.addAll(path);
        String name = Tree.text(holder, "name");
        Object around = reference.template() == null ? null : templateAround(tree, path);
        return new TemplateCall(
                object.key(),
                object.locate(full.toArray(String[]::new)),
                target,
                reference.template(),
                parameters,
                artifacts,
                read(around, name, "parameters"),
                read(around, name, "artifacts"));
    }

    /** The template in which a call stands: outputs are read only there. */
    private static @Nullable Object templateAround(Map<String, @Nullable Object> tree, List<String> path) {
        int templates = path.indexOf("templates");
        return templates < 0 ? null : at(tree, path.subList(0, templates + 2));
    }

    private static Set<String> read(@Nullable Object around, String name, String sort) {
        Set<String> read = new TreeSet<>();
        if (around != null && !name.isEmpty()) {
            Matcher matcher = Pattern.compile("\\b(?:tasks|steps)\\." + Pattern.quote(name) + "\\.outputs\\." + sort
                            + "\\.([A-Za-z0-9_-]+)")
                    .matcher(Json.write(around));
            while (matcher.find()) {
                read.add(matcher.group(1));
            }
        }
        return read;
    }

    private static @Nullable Object at(@Nullable Object tree, List<String> path) {
        Object node = tree;
        for (String step : path) {
            node = node instanceof List<?> list ? list.get(Integer.parseInt(step)) : Tree.at(node, step);
        }
        return node;
    }
}
