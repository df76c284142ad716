package dev.plumbline.registry.argo;

import dev.plumbline.registry.json.Tree;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A read-only view of one task of a dag, or of one step of a steps template.
 *
 * @param tree the task as written
 */
public record DagTask(Map<String, @Nullable Object> tree) {

    /** Its name. */
    public String name() {
        return Tree.text(tree, "name");
    }

    /** The template of the same object that it runs; null when it runs another's. */
    public @Nullable String template() {
        return Tree.string(tree, "template");
    }

    /** The template of another object that it runs; null when it runs one of its own. */
    public @Nullable TemplateRef templateRef() {
        return TemplateRef.of(tree.get("templateRef"));
    }

    /** The parameters that it passes. */
    public List<Parameter> parameters() {
        return Tree.maps(tree, "arguments", "parameters").stream()
                .map(Parameter::new)
                .toList();
    }

    /** The artifacts that it passes. */
    public List<Artifact> artifacts() {
        return Tree.maps(tree, "arguments", "artifacts").stream()
                .map(Artifact::new)
                .toList();
    }

    /** Its condition; null when it has none. */
    public @Nullable String when() {
        return Tree.string(tree, "when");
    }

    /** Its {@code depends} as written; null when it has none. */
    public @Nullable String depends() {
        return Tree.string(tree, "depends");
    }

    /** Its {@code dependencies} list. */
    public List<String> dependencies() {
        return Tree.list(tree, "dependencies").stream()
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .toList();
    }

    /** Whether tasks that depend on it go on after its error. */
    public boolean continueOnError() {
        return Boolean.TRUE.equals(Tree.at(tree, "continueOn", "error"));
    }

    /** Whether tasks that depend on it go on after its failure. */
    public boolean continueOnFailed() {
        return Boolean.TRUE.equals(Tree.at(tree, "continueOn", "failed"));
    }
}
