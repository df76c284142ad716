package dev.plumbline.registry.argo;

import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A read-only view of a template.
 *
 * @param tree the template as written
 */
public record Template(Map<String, @Nullable Object> tree) {

    /** The fields of which a template has exactly one. */
    public static final List<String> TYPES = List.of(
            "container", "containerSet", "script", "steps", "dag", "resource", "suspend", "data", "http", "plugin");

    /** Its name; empty for an inline one. */
    public String name() {
        return Tree.text(tree, "name");
    }

    /** Which of {@link #TYPES} it is; empty when none. */
    public String type() {
        return TYPES.stream().filter(tree::containsKey).findFirst().orElse("");
    }

    /** Its container, or its script, which is one with a source; empty when it is of another type. */
    public Map<String, @Nullable Object> container() {
        return Tree.map(tree, tree.containsKey("script") ? "script" : "container");
    }

    /** Its resource; empty when it is of another type. */
    public Map<String, @Nullable Object> resource() {
        return Tree.map(tree, "resource");
    }

    /** The tasks of its dag, in written order. */
    public List<DagTask> tasks() {
        return Tree.maps(tree, "dag", "tasks").stream().map(DagTask::new).toList();
    }

    /** The steps of a steps template, group after group. */
    public List<List<DagTask>> steps() {
        List<List<DagTask>> groups = new ArrayList<>();
        for (Object group : Tree.list(tree, "steps")) {
            if (group instanceof List<?> list) {
                groups.add(list.stream()
                        .filter(Map.class::isInstance)
                        .map(step -> new DagTask(Tree.cast((Map<?, ?>) step)))
                        .toList());
            }
        }
        return groups;
    }

    /** The tasks of its dag, or its steps, in written order. */
    public List<DagTask> members() {
        List<DagTask> members = new ArrayList<>(tasks());
        steps().forEach(members::addAll);
        return members;
    }

    /** Whether a failed task keeps further ones from starting; Argo's default is true. */
    public boolean failFast() {
        return !Boolean.FALSE.equals(Tree.at(tree, "dag", "failFast"));
    }

    /** The parameters that it takes. */
    public List<Parameter> inputParameters() {
        return Tree.maps(tree, "inputs", "parameters").stream()
                .map(Parameter::new)
                .toList();
    }

    /** The artifacts that it takes. */
    public List<Artifact> inputArtifacts() {
        return Tree.maps(tree, "inputs", "artifacts").stream()
                .map(Artifact::new)
                .toList();
    }

    /** The parameters that it gives. */
    public List<Parameter> outputParameters() {
        return Tree.maps(tree, "outputs", "parameters").stream()
                .map(Parameter::new)
                .toList();
    }

    /** The artifacts that it gives. */
    public List<Artifact> outputArtifacts() {
        return Tree.maps(tree, "outputs", "artifacts").stream()
                .map(Artifact::new)
                .toList();
    }

    /** Its retry strategy; empty when it has none. */
    public Map<String, @Nullable Object> retryStrategy() {
        return Tree.map(tree, "retryStrategy");
    }

    /** Its own volumes. */
    public List<Map<String, @Nullable Object>> volumes() {
        return Tree.maps(tree, "volumes");
    }
}
