package dev.plumbline.registry.provenance;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How Argo's Go types read and write JSON: a table that was printed from the types of Argo v4.1.4 by reflection
 * ({@code tests/golden-argo/types}). A type is written {@code Name}, {@code list:…}, {@code map:…} or one of
 * {@code string bool number any anyString quantity intOrString time}.
 */
final class ArgoTypes {

    /** The version of Argo whose types these are. */
    static final String ARGO = "v4.1.4";

    /** Type of {@code spec} of Workflow and WorkflowTemplate. */
    static final String SPEC = "WorkflowSpec";

    /** Type of one template. */
    static final String TEMPLATE = "Template";

    /** Type of labels and annotations that are handed to pods and Workflows. */
    static final String METADATA = "Metadata";

    /** Type of metadata that is handed to Workflows. */
    static final String WORKFLOW_METADATA = "WorkflowMetadata";

    private static final Map<String, Map<String, Field>> TYPES = load();

    private ArgoTypes() {}

    /**
     * One field of a struct type.
     *
     * @param type type of its value
     * @param pointer whether absent and zero are told apart
     * @param mergeKey key by which a strategic merge joins its lists; empty where lists replace each other
     */
    record Field(String type, boolean pointer, String mergeKey) {}

    /** The field of a struct type; null when that type has none of that name. */
    static @Nullable Field field(String type, String name) {
        return TYPES.getOrDefault(type, Map.of()).get(name);
    }

    /** Whether this is a struct type of the table. */
    static boolean isStruct(String type) {
        return TYPES.containsKey(type);
    }

    private static Map<String, Map<String, Field>> load() {
        try (InputStream in = ArgoTypes.class.getResourceAsStream("argo-types-" + ARGO + ".json")) {
            if (in == null) {
                throw new IllegalStateException("the table of Argo's types is missing from the jar");
            }
            Map<String, Map<String, Field>> types = new HashMap<>();
            Map<String, @Nullable Object> table = Tree.map(Json.parseObject(in.readAllBytes()), "types");
            for (String name : table.keySet()) {
                Map<String, Field> fields = new HashMap<>();
                for (String field : Tree.map(table, name).keySet()) {
                    Map<String, @Nullable Object> entry = Tree.map(table, name, field);
                    boolean merges = Tree.text(entry, "strategy").contains("merge");
                    fields.put(
                            field,
                            new Field(
                                    Tree.text(entry, "type"),
                                    Boolean.TRUE.equals(entry.get("pointer")),
                                    merges ? Tree.text(entry, "key") : ""));
                }
                types.put(name, fields);
            }
            return types;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JsonException e) {
            throw new IllegalStateException("the table of Argo's types is damaged: " + e.getMessage(), e);
        }
    }
}
