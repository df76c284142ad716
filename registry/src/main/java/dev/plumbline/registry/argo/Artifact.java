package dev.plumbline.registry.argo;

import dev.plumbline.registry.json.Tree;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A read-only view of an artifact: an input, an output or an argument.
 *
 * @param tree the artifact as written
 */
public record Artifact(Map<String, @Nullable Object> tree) {

    /** Its name. */
    public String name() {
        return Tree.text(tree, "name");
    }

    /** Where a container finds or leaves it; null outside leaf templates. */
    public @Nullable String path() {
        return Tree.string(tree, "path");
    }

    /** The tag that names the artifact it is; null when it is not from another. */
    public @Nullable String from() {
        return Tree.string(tree, "from");
    }

    /** Whether it may be absent. */
    public boolean optional() {
        return Boolean.TRUE.equals(tree.get("optional"));
    }

    /** Whether it is stored as it is rather than as tar and gzip. */
    public boolean archiveNone() {
        return tree.get("archive") instanceof Map<?, ?> archive && archive.containsKey("none");
    }

    /** The permissions that its files get, as the nine bits of Unix; null for those that it has. */
    public @Nullable Integer mode() {
        return tree.get("mode") instanceof Number mode ? Integer.valueOf(mode.intValue()) : null;
    }

    /** Whether {@link #mode()} is for everything in a folder too, and not only for the folder. */
    public boolean recurseMode() {
        return Boolean.TRUE.equals(tree.get("recurseMode"));
    }

    /** The name under which it becomes an output of the whole Workflow; null when it does not. */
    public @Nullable String globalName() {
        return Tree.string(tree, "globalName");
    }

    /** The literal content of a {@code raw} artifact; null when it is none. */
    public @Nullable String raw() {
        return Tree.string(tree, "raw", "data");
    }

    /** Its {@code s3.key}; null when it has none. */
    public @Nullable String key() {
        return Tree.string(tree, "s3", "key");
    }

    /** Whether an {@code s3} names a place of its own: with all of endpoint, bucket and key, as in Argo. */
    public static boolean placed(Map<String, @Nullable Object> s3) {
        return !Tree.text(s3, "endpoint").isEmpty()
                && !Tree.text(s3, "bucket").isEmpty()
                && !Tree.text(s3, "key").isEmpty();
    }
}
