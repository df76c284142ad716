package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.json.Tree;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The steps of a template, in written order: each may read what those before it give. */
final class StepChecks {

    static final String HOOK = "hook-expression";

    private final TemplateWalk walk;
    private final Home.Located template;
    private final Home home;
    private final Names names;
    private final NodeNames nodes;
    private final String words;
    private final Set<String> seen = new HashSet<>();

    StepChecks(TemplateWalk walk, Home.Located template, Home home, Names names) {
        this.walk = walk;
        this.template = template;
        this.home = home;
        this.names = names;
        this.nodes = new NodeNames(walk, "steps");
        this.words = "templates." + template.name() + ".steps";
    }

    void check() {
        List<@Nullable Object> groups = Tree.list(template.tree(), "steps");
        for (int group = 0; group < groups.size(); group++) {
            List<@Nullable Object> steps = Tree.list(Map.of("steps", orEmpty(groups.get(group))), "steps");
            for (int i = 0; i < steps.size(); i++) {
                if (steps.get(i) instanceof Map<?, ?> step) {
                    step(Tree.cast(step), template.place().at("steps").at(group).at(i));
                }
            }
        }
    }

    private static Object orEmpty(@Nullable Object group) {
        return group == null ? List.of() : group;
    }

    private void step(Map<String, @Nullable Object> step, Place place) {
        String name = Tree.text(step, "name");
        String here = words + "." + name;
        walk.names().field("step", name, place, here);
        walk.names().once("step", name, seen, place);
        names.add(nodes.status(name));
        LoopChecks.check(step, place, here, names, walk.problems());
        ArgumentChecks arguments = new ArgumentChecks(walk.problems(), walk.names());
        arguments.check(step.get("arguments"), place.at("arguments"), here + ".arguments", false);
        TemplateWalk.Target target = walk.call(step, place, here, home, walk.anyArguments());
        if (Shape.hasExitHook(step)) {
            nodes.add(name, target, false, names);
        }
        hooks(step.get("hooks"), place.at("hooks"), here, walk.problems());
        walk.variables().tree(step, place, withInline(step, names), here);
        nodes.add(name, target, Shape.isLoop(step), names);
        walk.call(step, place, here, home, Arguments.of(step.get("arguments")));
    }

    /** An inline template is read together with what holds it, and its own parameters are in scope there. */
    static Names withInline(Map<String, @Nullable Object> call, Names names) {
        List<Map<String, @Nullable Object>> inputs = Tree.maps(call, "inline", "inputs", "parameters");
        if (inputs.isEmpty()) {
            return names;
        }
        Names more = new Names(names);
        inputs.forEach(input -> more.add("inputs.parameters." + Tree.text(input, "name")));
        return more;
    }

    /** Hooks other than the exit hook say when they run. */
    static void hooks(@Nullable Object hooks, Place place, String words, Problems problems) {
        Tree.map(hooks).forEach((name, hook) -> {
            if (!name.equals("exit") && Tree.text(hook, "expression").isEmpty()) {
                problems.add(
                        HOOK,
                        place.at(name),
                        words + "." + name + " has no expression",
                        "add 'expression', which says when the hook runs, or name it 'exit'");
            }
        });
    }
}
