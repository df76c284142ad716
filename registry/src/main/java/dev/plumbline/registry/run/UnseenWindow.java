package dev.plumbline.registry.run;

import dev.plumbline.registry.json.Tree;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A time in which nobody watched the runs of a namespace: runs that began and were deleted in it are in no record. Format
 * {@value #SCHEMA}.
 *
 * @param namespace the namespace
 * @param from when it was last known to be watched
 * @param until when everything in it was listed again
 * @param why in words
 * @param missing runs that schedules had due in it and that were not there afterwards, by name; not all when they are many
 * @param archive what Argo's archive said of it, in words; empty where none is asked. Of the same time stated again, the last counts
 */
public record UnseenWindow(
        String namespace, Instant from, Instant until, String why, List<String> missing, String archive) {

    /** Name of the format. */
    public static final String SCHEMA = "plumbline.dev/runs-not-seen/v1";

    /** Keeps its own copy. */
    public UnseenWindow {
        missing = List.copyOf(missing);
    }

    /** The same, with what the archive said and without the runs that it had. */
    public UnseenWindow archived(String said, Collection<String> found) {
        return new UnseenWindow(
                namespace,
                from,
                until,
                why,
                missing.stream().filter(name -> !found.contains(name)).toList(),
                said);
    }

    /** As a plain tree that names its schema. */
    public Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("schema", SCHEMA);
        tree.put("namespace", namespace);
        tree.put("from", from.toString());
        tree.put("until", until.toString());
        tree.put("why", why);
        tree.put("missing", missing);
        NodeOutcome.put(tree, "archive", archive);
        return tree;
    }

    /**
     * Reads what {@link #tree()} wrote.
     *
     * @throws IllegalArgumentException when the tree is of another format
     * @throws java.time.DateTimeException when a time is damaged
     */
    static UnseenWindow of(Map<String, @Nullable Object> tree) {
        if (!SCHEMA.equals(tree.get("schema"))) {
            throw new IllegalArgumentException("its schema is " + tree.get("schema") + " and not " + SCHEMA);
        }
        return new UnseenWindow(
                Tree.text(tree, "namespace"),
                Instant.parse(Tree.text(tree, "from")),
                Instant.parse(Tree.text(tree, "until")),
                Tree.text(tree, "why"),
                Tree.list(tree, "missing").stream().map(String::valueOf).toList(),
                Tree.text(tree, "archive"));
    }
}
