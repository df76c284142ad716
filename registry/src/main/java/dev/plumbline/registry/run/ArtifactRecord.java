package dev.plumbline.registry.run;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One output artifact of a run.
 *
 * @param node name of the node that made it; empty for one that is an output of the whole run
 * @param name its name in the template
 * @param key its key in the artifact repository
 * @param sha256 digest of its bytes; null when it was not read
 * @param unread why it was not read, in words; empty when it was, or when nobody could have
 */
public record ArtifactRecord(
        String node, String name, String key, @Nullable Digest sha256, String unread) {

    /** One that was not read. */
    public ArtifactRecord(String node, String name, String key) {
        this(node, name, key, null, "");
    }

    /** The same with the digest of its bytes. */
    public ArtifactRecord withDigest(@Nullable Digest digest) {
        return new ArtifactRecord(node, name, key, digest, "");
    }

    /** The same with why its bytes were not read. */
    public ArtifactRecord withoutDigest(String why) {
        return new ArtifactRecord(node, name, key, null, why);
    }

    Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        NodeOutcome.put(tree, "node", node);
        tree.put("name", name);
        tree.put("key", key);
        if (sha256 != null) {
            tree.put("sha256", sha256.value());
        }
        NodeOutcome.put(tree, "unread", unread);
        return tree;
    }

    static ArtifactRecord read(Map<String, @Nullable Object> tree) {
        String digest = Tree.string(tree, "sha256");
        return new ArtifactRecord(
                Tree.text(tree, "node"),
                Tree.text(tree, "name"),
                Tree.text(tree, "key"),
                digest == null ? null : new Digest(digest),
                Tree.text(tree, "unread"));
    }
}
