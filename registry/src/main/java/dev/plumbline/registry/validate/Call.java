package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.Artifact;
import dev.plumbline.registry.argo.Parameter;
import dev.plumbline.registry.argo.Tags;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.argo.TemplateRef;
import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A step, task or hook: a place that runs a template.
 *
 * @param path path of it in its object
 * @param place the same in the words of Argo's own messages, such as {@code templates.main.tasks.train}
 * @param hook whether it is a hook, which Argo hands the arguments of its step
 * @param tree the step, task or hook as written
 */
record Call(List<String> path, String place, boolean hook, Map<String, @Nullable Object> tree) {

    /** Its name; empty for a hook. */
    String name() {
        return Tree.text(tree, "name");
    }

    /** The template of the same object that it names; null when it names none. */
    @Nullable
    String template() {
        return Tree.string(tree, "template");
    }

    /** The template of another object that it names; null when it names none. */
    @Nullable
    TemplateRef templateRef() {
        return TemplateRef.of(tree.get("templateRef"));
    }

    /** Whether it holds its template itself. */
    boolean inline() {
        return tree.get("inline") instanceof Map<?, ?>;
    }

    /** Whether its template is only known at run time. */
    boolean dynamic() {
        TemplateRef ref = templateRef();
        return (ref != null && (Tags.present(ref.name()) || Tags.present(ref.template())))
                || (template() != null && Tags.present(Tree.text(tree, "template")));
    }

    /** The parameters that it passes. */
    List<Parameter> parameters() {
        return Tree.maps(tree, "arguments", "parameters").stream()
                .map(Parameter::new)
                .toList();
    }

    /** The artifacts that it passes. */
    List<Artifact> artifacts() {
        return Tree.maps(tree, "arguments", "artifacts").stream()
                .map(Artifact::new)
                .toList();
    }

    static List<Call> all(ArgoObject object) {
        List<Call> calls = new ArrayList<>();
        hooks(object.path("hooks"), "hooks", object.spec().tree(), calls);
        object.templates().forEach(located -> calls.addAll(of(located)));
        return List.copyOf(calls);
    }

    /** The calls of one template. */
    static List<Call> of(ArgoObject.Located located) {
        List<Call> calls = new ArrayList<>();
        Template template = located.template();
        String place = located.place();
        for (ArgoObject.Indexed task : ArgoObject.indexed(template.tree(), "dag", "tasks")) {
            add(located.at("dag", "tasks", task.index()), place + ".tasks", task.tree(), calls);
        }
        List<@Nullable Object> groups = Tree.list(template.tree(), "steps");
        for (int group = 0; group < groups.size(); group++) {
            List<String> at = located.at("steps", Integer.toString(group));
            for (ArgoObject.Indexed step : ArgoObject.indexed(groups.get(group))) {
                add(ArgoObject.join(at, step.index()), place + ".steps", step.tree(), calls);
            }
        }
        return calls;
    }

    private static void add(List<String> path, String place, Map<String, @Nullable Object> tree, List<Call> calls) {
        String named = place + "." + Tree.text(tree, "name");
        calls.add(new Call(path, named, false, tree));
        hooks(ArgoObject.join(path, "hooks"), named + ".hooks", tree, calls);
    }

    private static void hooks(List<String> path, String place, Map<String, @Nullable Object> tree, List<Call> calls) {
        Tree.map(tree, "hooks").forEach((name, hook) -> {
            if (hook instanceof Map<?, ?> map) {
                calls.add(new Call(ArgoObject.join(path, name), place + "." + name, true, Tree.cast(map)));
            }
        });
    }
}
