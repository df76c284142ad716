package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.argo.TemplateRef;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A WorkflowSpec as a whole: where it starts, what is in scope everywhere, and then each template. */
final class SpecChecks {

    static final String ENTRYPOINT = "missing-entrypoint";
    static final String DANGLING = "dangling-reference";

    private final TemplateWalk walk;
    private final Problems problems;
    private final Home root;
    private final Map<String, @Nullable Object> spec;
    private final Place place;
    private final boolean cron;
    private final @Nullable TemplateRef ref;
    private final @Nullable Home base;

    SpecChecks(TemplateWalk walk, Home root) {
        this.walk = walk;
        this.problems = walk.problems();
        this.root = root;
        this.spec = root.spec();
        this.place = root.specPlace();
        this.cron = root.object().key().kind().equals(ArgoKinds.CRON_WORKFLOW);
        this.ref = TemplateRef.of(spec.get("workflowTemplateRef"));
        this.base = ref == null ? null : walk.home(ref);
    }

    void check() {
        if (ref != null && !Tree.list(spec, "templates").isEmpty()) {
            problems.add(
                    ENTRYPOINT,
                    place.at("templates"),
                    "'templates' and 'workflowTemplateRef' exclude each other",
                    "keep one of them");
        }
        if (ref != null && ref.name().isEmpty()) {
            problems.add(
                    TemplateWalk.CALL,
                    place.at("workflowTemplateRef"),
                    "workflowTemplateRef has no 'name'",
                    "name the template to run");
        }
        walk.names().fields("template", Tree.list(spec, "templates"), place.at("templates"), "spec.templates");
        PodChecks.plugins(spec, place, problems);
        Map<String, @Nullable Object> arguments = mergedArguments();
        new ArgumentChecks(problems, walk.names()).check(arguments, place.at("arguments"), "spec.arguments", !cron);
        globals(arguments);
        // Without the object that is referred to nothing more can be known; that it is missing is reported elsewhere.
        if (ref == null || base != null) {
            start(arguments);
            exit();
            templates();
        }
        StepChecks.hooks(spec.get("hooks"), place.at("hooks"), "hooks", problems);
        PodGcChecks.check(spec.get("podGC"), place.at("podGC"), problems);
        PodChecks.resources(spec.get("podResources"), place.at("podResources"), "spec.podResources", problems);
    }

    /** The arguments of a run: those written here, and of the others those of the object that is referred to. */
    private Map<String, @Nullable Object> mergedArguments() {
        Map<String, @Nullable Object> merged = new LinkedHashMap<>();
        for (String list : List.of("parameters", "artifacts")) {
            List<@Nullable Object> all = new ArrayList<>(Tree.list(spec, "arguments", list));
            if (base != null) {
                // Merging keeps the first of two, so that two of one name are no duplicates here.
                all.addAll(Tree.list(base.spec(), "arguments", list));
                Set<String> seen = new HashSet<>();
                all.removeIf(element -> !seen.add(Tree.text(element, "name")));
            }
            merged.put(list, all);
        }
        return merged;
    }

    private void globals(Map<String, @Nullable Object> arguments) {
        Map<String, String> globals = walk.globals();
        for (String name : List.of("name", "namespace", "mainEntrypoint", "serviceAccountName", "uid", "status")) {
            globals.put("workflow." + name, walk.placeholder());
        }
        for (Map<String, @Nullable Object> parameter : Tree.maps(arguments, "parameters")) {
            globals.put("workflow.parameters", walk.placeholder());
            globals.put("workflow.parameters.json", walk.placeholder());
            String value = Shape.anyText(parameter.get("value"));
            globals.put(
                    "workflow.parameters." + Tree.text(parameter, "name"), value == null ? walk.placeholder() : value);
        }
        for (String kind : List.of("annotations", "labels")) {
            globals.put("workflow." + kind, walk.placeholder());
            globals.put("workflow." + kind + ".json", walk.placeholder());
            metadata(kind).forEach(key -> globals.put("workflow." + kind + "." + key, walk.placeholder()));
        }
        if (spec.get("priority") instanceof Number priority) {
            globals.put("workflow.priority", priority.toString());
        }
    }

    private Set<String> metadata(String kind) {
        Set<String> keys = new HashSet<>();
        Map<String, @Nullable Object> content = root.object().content();
        if (cron) {
            keys.addAll(Tree.map(content, "spec", "workflowMetadata", kind).keySet());
            keys.add(
                    kind.equals("labels")
                            ? "workflows.argoproj.io/cron-workflow"
                            : "workflows.argoproj.io/scheduled-time");
            String instance = "workflows.argoproj.io/controller-instanceid";
            if (kind.equals("labels") && Tree.at(content, "metadata", "labels", instance) != null) {
                keys.add(instance);
            }
        } else {
            keys.addAll(Tree.map(content, "metadata", kind).keySet());
        }
        for (Home home : base == null ? List.of(root) : List.of(root, base)) {
            keys.addAll(Tree.map(home.spec(), "workflowMetadata", kind).keySet());
            if (kind.equals("labels")) {
                keys.addAll(
                        Tree.map(home.spec(), "workflowMetadata", "labelsFrom").keySet());
            }
        }
        return keys;
    }

    private void start(Map<String, @Nullable Object> arguments) {
        String own = Tree.text(spec, "entrypoint");
        String entrypoint = own.isEmpty() && base != null ? Tree.text(base.spec(), "entrypoint") : own;
        if (walk.isTemplate() && own.isEmpty()) {
            return;
        }
        if (entrypoint.isEmpty()) {
            problems.add(
                    ENTRYPOINT,
                    ref == null ? place : place.at("workflowTemplateRef"),
                    base == null
                            ? "there is no entrypoint"
                            : "there is no entrypoint, neither here nor in the template that is referred to",
                    "add 'entrypoint' with the template to start with");
            return;
        }
        call(
                entrypoint,
                place.at(own.isEmpty() ? "workflowTemplateRef" : "entrypoint"),
                "the entrypoint",
                walk.isTemplate() ? walk.anyArguments() : Arguments.of(arguments));
    }

    private void exit() {
        String own = Tree.text(spec, "onExit");
        String exit = own.isEmpty() && base != null ? Tree.text(base.spec(), "onExit") : own;
        if (exit.isEmpty()) {
            return;
        }
        walk.globals().put("workflow.failures", walk.placeholder());
        boolean anyArtifact = hasVariableGlobal(root) || (base != null && hasVariableGlobal(base));
        if (anyArtifact) {
            walk.variables().allowWorkflowArtifacts();
        }
        call(
                exit,
                place.at(own.isEmpty() ? "workflowTemplateRef" : "onExit"),
                "onExit",
                Arguments.of(spec.get("arguments")));
    }

    private static boolean hasVariableGlobal(Home home) {
        return home.all().stream()
                .flatMap(located -> Tree.maps(located.tree(), "outputs", "artifacts").stream())
                .anyMatch(artifact -> Shape.isVariable(Tree.text(artifact, "globalName")));
    }

    private void templates() {
        for (Home.Located located : base == null ? root.all() : base.all()) {
            if (!located.name().isEmpty()) {
                call(
                        located.name(),
                        base == null ? located.place() : place.at("workflowTemplateRef"),
                        "templates." + located.name(),
                        walk.anyArguments());
            }
        }
    }

    private void call(String template, Place at, String words, Arguments arguments) {
        Map<String, @Nullable Object> call = base == null || ref == null
                ? Map.of("template", template)
                : Map.of(
                        "templateRef",
                        Map.of("name", ref.name(), "template", template, "clusterScope", ref.clusterScope()));
        walk.call(call, at, words, root, arguments);
    }

    /** Validates an object that holds a WorkflowSpec; {@code content} is what Argo's decoder leaves of it. */
    static void check(Manifest object, Map<String, @Nullable Object> content, TemplateWalk walk) {
        new SpecChecks(walk, new Home(object, content, true)).check();
    }
}
