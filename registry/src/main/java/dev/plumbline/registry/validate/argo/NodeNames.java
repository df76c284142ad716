package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.json.Tree;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables that a step or task brings into scope. */
final class NodeNames {

    private final TemplateWalk walk;
    private final String kind;

    /**
     * Names of one kind of nodes.
     *
     * @param kind {@code steps} or {@code tasks}
     */
    NodeNames(TemplateWalk walk, String kind) {
        this.walk = walk;
        this.kind = kind;
    }

    String status(String node) {
        return kind + "." + node + ".status";
    }

    /** Adds what a node gives; {@code loop} when it runs once for each of several values. */
    void add(String node, TemplateWalk.Target target, boolean loop, Names names) {
        String prefix = kind + "." + node + ".";
        for (String name : new String[] {"id", "startedAt", "finishedAt", "hostNodeName"}) {
            names.add(prefix + name);
        }
        if (target.unknown()) {
            names.addAll(prefix);
            names.addAll("workflow.outputs.");
        }
        Map<String, @Nullable Object> template = target.tree();
        if (template == null) {
            return;
        }
        if (Boolean.TRUE.equals(template.get("daemon"))) {
            names.add(prefix + "ip");
        }
        boolean aggregates = loop && (Shape.has(template, "script") || Shape.has(template, "containerSet"));
        if (aggregates || Shape.hasResult(template)) {
            names.add(prefix + "outputs.result");
            names.add(prefix + "exitCode");
        }
        if (loop) {
            names.add(prefix + "outputs.parameters");
        }
        outputs(template, "parameters", prefix, names);
        outputs(template, "artifacts", prefix, names);
    }

    private void outputs(Map<String, @Nullable Object> template, String list, String prefix, Names names) {
        for (Map<String, @Nullable Object> output : Tree.maps(template, "outputs", list)) {
            names.add(prefix + "outputs." + list + "." + Tree.text(output, "name"));
            String global = Tree.text(output, "globalName");
            if (Shape.isVariable(global)) {
                names.addAll("workflow.outputs." + list + ".");
            } else if (!global.isEmpty()) {
                walk.globals().put("workflow.outputs." + list + "." + global, walk.placeholder());
            }
        }
    }
}
