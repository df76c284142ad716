package dev.plumbline.registry.run;

import dev.plumbline.registry.json.Tree;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How one node of a run went.
 *
 * @param id node id, the key in the status
 * @param name full name, unique in the run
 * @param type Argo's node type, such as {@code Pod}
 * @param definition reference of the definition that it executed; empty where it executed none
 * @param phase Argo's node phase
 * @param message Argo's message; empty where there is none
 * @param startedAt RFC 3339; empty when it did not start
 * @param finishedAt RFC 3339; empty when it did not finish
 * @param exitCode exit code of its process; empty when unknown
 * @param inputs input parameters as executed
 * @param outputs output parameters
 * @param images by container, the image that ran with its digest; without those that were not seen
 */
public record NodeOutcome(
        String id,
        String name,
        String type,
        String definition,
        String phase,
        String message,
        String startedAt,
        String finishedAt,
        String exitCode,
        Map<String, String> inputs,
        Map<String, String> outputs,
        Map<String, String> images) {

    /** Keeps its own copies, sorted by name. */
    public NodeOutcome {
        inputs = sorted(inputs);
        outputs = sorted(outputs);
        images = sorted(images);
    }

    /** Without images. */
    public NodeOutcome(
            String id,
            String name,
            String type,
            String definition,
            String phase,
            String message,
            String startedAt,
            String finishedAt,
            String exitCode,
            Map<String, String> inputs,
            Map<String, String> outputs) {
        this(id, name, type, definition, phase, message, startedAt, finishedAt, exitCode, inputs, outputs, Map.of());
    }

    NodeOutcome withImages(Map<String, String> found) {
        return new NodeOutcome(
                id, name, type, definition, phase, message, startedAt, finishedAt, exitCode, inputs, outputs, found);
    }

    static Map<String, String> sorted(Map<String, String> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }

    Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("id", id);
        tree.put("name", name);
        tree.put("type", type);
        put(tree, "definition", definition);
        tree.put("phase", phase);
        put(tree, "message", message);
        put(tree, "startedAt", startedAt);
        put(tree, "finishedAt", finishedAt);
        put(tree, "exitCode", exitCode);
        put(tree, "inputs", inputs);
        put(tree, "outputs", outputs);
        put(tree, "images", images);
        return tree;
    }

    static NodeOutcome read(Map<String, @Nullable Object> tree) {
        return new NodeOutcome(
                Tree.text(tree, "id"),
                Tree.text(tree, "name"),
                Tree.text(tree, "type"),
                Tree.text(tree, "definition"),
                Tree.text(tree, "phase"),
                Tree.text(tree, "message"),
                Tree.text(tree, "startedAt"),
                Tree.text(tree, "finishedAt"),
                Tree.text(tree, "exitCode"),
                texts(tree, "inputs"),
                texts(tree, "outputs"),
                texts(tree, "images"));
    }

    static void put(Map<String, @Nullable Object> tree, String key, String value) {
        if (!value.isEmpty()) {
            tree.put(key, value);
        }
    }

    static void put(Map<String, @Nullable Object> tree, String key, Map<String, String> value) {
        if (!value.isEmpty()) {
            tree.put(key, value);
        }
    }

    static Map<String, String> texts(Map<String, @Nullable Object> tree, String key) {
        Map<String, String> texts = new TreeMap<>();
        Tree.map(tree, key).forEach((name, value) -> {
            if (value instanceof String text) {
                texts.put(name, text);
            }
        });
        return texts;
    }
}
