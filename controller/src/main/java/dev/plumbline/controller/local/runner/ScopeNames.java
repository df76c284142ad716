package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.DagTask;
import dev.plumbline.registry.argo.Parameter;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.json.Tree;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All names that expressions in a dag or steps template may use, with their values. */
final class ScopeNames {

    private static final List<String> OF_A_NODE =
            List.of("id", "startedAt", "finishedAt", "status", "exitCode", "outputs.result");

    private final RunParts run;
    private final Call around;
    private final Template template;
    private final TaskNodes nodes;
    private final TaskScope scope;

    ScopeNames(RunParts run, Call around, Template template, TaskNodes nodes, TaskScope scope) {
        this.run = run;
        this.around = around;
        this.template = template;
        this.nodes = nodes;
        this.scope = scope;
    }

    /**
     * The names.
     *
     * @param artifacts whether artifacts are among them, as maps
     */
    Map<String, @Nullable Object> all(boolean artifacts) {
        Map<String, @Nullable Object> names = run.globals().all();
        names.putAll(around.locals());
        for (Map<String, @Nullable Object> input : Tree.maps(template.tree(), "inputs", "parameters")) {
            names.put("inputs.parameters." + Tree.text(input, "name"), Tree.string(input, "value"));
        }
        nodes.members().forEach(member -> member(member, names, artifacts));
        if (artifacts) {
            run.globals()
                    .artifacts()
                    .forEach((name, artifact) -> names.put("workflow.outputs.artifacts." + name, artifact));
            put("inputs.artifacts.", Tree.maps(template.tree(), "inputs", "artifacts"), names);
        }
        return names;
    }

    private void member(DagTask member, Map<String, @Nullable Object> names, boolean artifacts) {
        String prefix = nodes.prefix() + member.name() + ".";
        List<Map<String, @Nullable Object>> rounds = nodes.rounds(member.name());
        TreeSet<String> known = new TreeSet<>(OF_A_NODE);
        rounds.forEach(round -> Tree.maps(round, "outputs", "parameters")
                .forEach(one -> known.add("outputs.parameters." + Tree.text(one, "name"))));
        Map<String, @Nullable Object> node = nodes.node(member.name());
        Tree.maps(node, "outputs", "parameters")
                .forEach(one -> known.add("outputs.parameters." + Tree.text(one, "name")));
        for (String name : known) {
            String value = scope.get(prefix + name);
            if (value != null) {
                names.put(prefix + name, value);
            }
        }
        if (node != null && TaskScope.notRun(Tree.text(node, "phase"))) {
            for (Parameter output : scope.declared(member.name())) {
                String name = prefix + "outputs.parameters." + output.name();
                names.put(name, scope.get(name));
            }
        }
        if (artifacts) {
            put(prefix + "outputs.artifacts.", Tree.maps(node, "outputs", "artifacts"), names);
        }
    }

    private static void put(
            String prefix, List<Map<String, @Nullable Object>> artifacts, Map<String, @Nullable Object> names) {
        artifacts.forEach(one -> names.put(prefix + Tree.text(one, "name"), one));
    }
}
