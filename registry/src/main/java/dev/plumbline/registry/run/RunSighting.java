package dev.plumbline.registry.run;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.RunId;
import dev.plumbline.registry.model.SyncId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What must not be forgotten of a run that is not recorded yet, also across a kill. Format {@value #SCHEMA}.
 *
 * @param id which run
 * @param sync the sync in whose namespace it runs
 * @param namespace namespace of the Workflow
 * @param name name of the Workflow
 * @param createdAt when the Workflow was created
 * @param firstAtEnd whether it was first seen when it had ended
 * @param configMaps digest of each ConfigMap at the first sight of a reference to it; empty when there was none
 */
public record RunSighting(
        RunId id,
        SyncId sync,
        String namespace,
        String name,
        String createdAt,
        boolean firstAtEnd,
        Map<String, Optional<Digest>> configMaps) {

    /** Name of the format. */
    public static final String SCHEMA = "plumbline.dev/run-sighting/v1";

    /** Keeps its own copy. */
    public RunSighting {
        configMaps = Collections.unmodifiableMap(new TreeMap<>(configMaps));
    }

    /** The same with further ConfigMaps; what was seen before stays. */
    public RunSighting with(Map<String, Optional<Digest>> further) {
        Map<String, Optional<Digest>> all = new TreeMap<>(further);
        all.putAll(configMaps);
        return new RunSighting(id, sync, namespace, name, createdAt, firstAtEnd, all);
    }

    /** As a plain tree that names its schema. */
    public Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("schema", SCHEMA);
        tree.put("cluster", id.cluster());
        tree.put("uid", id.uid());
        tree.put("attempt", id.attempt());
        tree.put("sync", sync.toString());
        tree.put("namespace", namespace);
        tree.put("name", name);
        tree.put("createdAt", createdAt);
        tree.put("firstAtEnd", firstAtEnd);
        Map<String, @Nullable Object> digests = new LinkedHashMap<>();
        configMaps.forEach(
                (key, digest) -> digests.put(key, digest.map(Digest::value).orElse(null)));
        tree.put("configMaps", digests);
        return tree;
    }

    /**
     * Reads what {@link #tree()} wrote.
     *
     * @throws IllegalArgumentException when the tree is of another format, or damaged
     */
    public static RunSighting of(Map<String, @Nullable Object> tree) {
        if (!SCHEMA.equals(tree.get("schema"))) {
            throw new IllegalArgumentException("tried to read the sighting of a run, but its schema is "
                    + tree.get("schema") + " and not " + SCHEMA);
        }
        Map<String, Optional<Digest>> configMaps = new TreeMap<>();
        Tree.map(tree, "configMaps")
                .forEach((key, digest) -> configMaps.put(
                        key, digest instanceof String text ? Optional.of(new Digest(text)) : Optional.empty()));
        String[] sync = Tree.text(tree, "sync").split("/", 2);
        return new RunSighting(
                new RunId(Tree.text(tree, "cluster"), Tree.text(tree, "uid"), Tree.text(tree, "attempt")),
                new SyncId(sync[0], sync.length < 2 ? "" : sync[1]),
                Tree.text(tree, "namespace"),
                Tree.text(tree, "name"),
                Tree.text(tree, "createdAt"),
                Boolean.TRUE.equals(tree.get("firstAtEnd")),
                configMaps);
    }
}
