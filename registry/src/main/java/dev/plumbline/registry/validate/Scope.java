package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.Artifact;
import dev.plumbline.registry.argo.Parameter;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.json.Tree;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the tags of one template may name. */
final class Scope {

    private final ArgoObject argo;
    private final ArgoObject.Located located;
    private final RenderedSet set;
    private final Dag dag;
    private final Map<String, Call> calls = new LinkedHashMap<>();

    Scope(ArgoObject argo, ArgoObject.Located located, RenderedSet set) {
        this.argo = argo;
        this.located = located;
        this.set = set;
        this.dag = argo.dag(located);
        for (Call call : argo.calls(located)) {
            if (!call.hook()) {
                calls.putIfAbsent(call.name(), call);
            }
        }
    }

    /** The template in the words of Argo's own messages. */
    String place() {
        return located.place();
    }

    /** Names of the template's input parameters or artifacts. */
    Collection<String> inputs(String kind) {
        Template template = located.template();
        return kind.equals("parameters")
                ? template.inputParameters().stream().map(Parameter::name).toList()
                : template.inputArtifacts().stream().map(Artifact::name).toList();
    }

    /** Names of the tasks of the template when it is a dag, or of its steps when it consists of steps; else none. */
    Collection<String> nodes(String kind) {
        return located.template().tree().containsKey(kind.equals("tasks") ? "dag" : "steps")
                ? calls.keySet()
                : List.of();
    }

    /** The step or task of a name; null when there is none. */
    @Nullable
    Call call(String name) {
        return calls.get(name);
    }

    /** Whether a task has ended when the text at a path is read. Steps run in written order, which is not checked here. */
    boolean waitsFor(String task, List<String> path) {
        int at = located.path().size();
        if (path.size() < at + 4
                || !path.get(at).equals("dag")
                || !path.get(at + 1).equals("tasks")) {
            return true;
        }
        Object tree = Tree.list(located.template().tree(), "dag", "tasks").get(Integer.parseInt(path.get(at + 2)));
        String reader = Tree.text(tree, "name");
        boolean hook = path.get(at + 3).equals("hooks") || path.get(at + 3).equals("onExit");
        return (hook && reader.equals(task)) || dag.isAncestor(task, reader);
    }

    /** Names of the output parameters or artifacts of a task or step; null when they cannot be known here. */
    @Nullable
    Collection<String> outputs(String node, String kind) {
        Call call = calls.get(node);
        Template target = call == null || call.dynamic() ? null : argo.resolve(call, set);
        if (target == null) {
            return null;
        }
        return kind.equals("parameters")
                ? target.outputParameters().stream().map(Parameter::name).toList()
                : target.outputArtifacts().stream().map(Artifact::name).toList();
    }
}
