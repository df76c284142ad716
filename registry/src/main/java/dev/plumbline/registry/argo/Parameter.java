package dev.plumbline.registry.argo;

import dev.plumbline.registry.json.Tree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A read-only view of a parameter: an input, an output or an argument.
 *
 * @param tree the parameter as written
 */
public record Parameter(Map<String, @Nullable Object> tree) {

    /** Its name. */
    public String name() {
        return Tree.text(tree, "name");
    }

    /** Its value; null when it has none (a value may be written as number or boolean). */
    public @Nullable String value() {
        return ArgoText.of(tree.get("value"));
    }

    /** Its default; null when it has none. */
    public @Nullable String defaultValue() {
        return ArgoText.of(tree.get("default"));
    }

    /** Value, else default, else null. */
    public @Nullable String effective() {
        String value = value();
        return value == null ? defaultValue() : value;
    }

    /** The values that are allowed; empty when any is. */
    public List<String> allowed() {
        return Tree.list(tree, "enum").stream()
                .map(value -> String.valueOf(ArgoText.of(value)))
                .toList();
    }

    /** {@code valueFrom}; empty when it has none. */
    public Map<String, @Nullable Object> valueFrom() {
        return Tree.map(tree, "valueFrom");
    }

    /** The file that an output is read from; null when it is not from a file. */
    public @Nullable String path() {
        return Tree.string(tree, "valueFrom", "path");
    }

    /** The tag that an output of a dag or steps template takes its value from, such as {@code {{tasks.a.outputs…}}}. */
    public @Nullable String fromParameter() {
        return Tree.string(tree, "valueFrom", "parameter");
    }

    /** {@code valueFrom.default}; null when it has none. */
    public @Nullable String valueFromDefault() {
        return ArgoText.of(Tree.at(tree, "valueFrom", "default"));
    }

    /** The name under which an output becomes one of the whole Workflow; null when it does not. */
    public @Nullable String globalName() {
        return Tree.string(tree, "globalName");
    }
}
