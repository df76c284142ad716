package dev.plumbline.registry.evidence;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.RunId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The evidence about the models of one run. Written once, and once more where a model registry answered only later. Format
 * {@value #SCHEMA}.
 *
 * @param id which run
 * @param record digest of its record
 * @param models its models
 * @param awaited whether a model registry is still to say whose the models are, so that no summary of a registered one is PASSED
 */
public record RunEvidence(RunId id, Digest record, List<ModelEvidence> models, boolean awaited) {

    /** Name of the format. */
    public static final String SCHEMA = "plumbline.dev/evidence/v1";

    /** Keeps its own copy. */
    public RunEvidence {
        models = List.copyOf(models);
    }

    /** As a plain tree that names its schema. */
    public Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("schema", SCHEMA);
        tree.put("cluster", id.cluster());
        tree.put("uid", id.uid());
        tree.put("attempt", id.attempt());
        tree.put("record", record.value());
        tree.put("models", models.stream().map(ModelEvidence::tree).toList());
        if (awaited) {
            tree.put("awaited", true);
        }
        return tree;
    }

    /**
     * Reads what {@link #tree()} wrote.
     *
     * @throws IllegalArgumentException when the tree is of another format, or damaged
     */
    public static RunEvidence of(Map<String, @Nullable Object> tree) {
        if (!SCHEMA.equals(tree.get("schema"))) {
            throw new IllegalArgumentException("tried to read evidence, but its schema is " + tree.get("schema")
                    + " and not " + SCHEMA + "; read it with a Plumbline that knows that format");
        }
        return new RunEvidence(
                new RunId(Tree.text(tree, "cluster"), Tree.text(tree, "uid"), Tree.text(tree, "attempt")),
                new Digest(Tree.text(tree, "record")),
                Tree.maps(tree, "models").stream().map(ModelEvidence::read).toList(),
                Boolean.TRUE.equals(tree.get("awaited")));
    }
}
