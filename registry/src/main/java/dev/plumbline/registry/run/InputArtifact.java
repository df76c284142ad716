package dev.plumbline.registry.run;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An artifact that a run was given and did not make itself.
 *
 * @param node name of a node that was given it; empty for an argument of the whole run, which stands in no template
 * @param name its name in the template
 * @param endpoint host of the S3 server, with its port where that is not the usual one; empty for the folder of the embedded runner
 * @param bucket name of the bucket; empty for that folder
 * @param key its key there; empty for what is in no bucket
 * @param sha256 digest of its bytes as they were when the run was recorded; null when they were not read
 * @param unread why they were not read, in words; empty when they were
 */
public record InputArtifact(
        String node,
        String name,
        String endpoint,
        String bucket,
        String key,
        @Nullable Digest sha256,
        String unread) {

    /** One in a bucket, or in the folder of the embedded runner, that was not read. */
    static InputArtifact at(ArtifactPlace place) {
        return new InputArtifact(place.node(), place.name(), place.endpoint(), place.bucket(), place.key(), null, "");
    }

    /** One of which no digest can be taken, and why. */
    static InputArtifact elsewhere(String node, String name, String why) {
        return new InputArtifact(node, name, "", "", "", null, why);
    }

    /** The same with the digest of its bytes. */
    public InputArtifact withDigest(Digest digest) {
        return new InputArtifact(node, name, endpoint, bucket, key, digest, "");
    }

    /** The same with why its bytes were not read. */
    public InputArtifact withoutDigest(String why) {
        return new InputArtifact(node, name, endpoint, bucket, key, null, why);
    }

    /** Where it is. */
    public ArtifactPlace place() {
        return new ArtifactPlace(node, name, endpoint, bucket, key);
    }

    /** What people call it: where it is, or its name where it is in no bucket. */
    public String display() {
        return key.isEmpty() ? name : bucket.isEmpty() ? key : "s3://" + bucket + "/" + key;
    }

    Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        NodeOutcome.put(tree, "node", node);
        tree.put("name", name);
        NodeOutcome.put(tree, "endpoint", endpoint);
        NodeOutcome.put(tree, "bucket", bucket);
        NodeOutcome.put(tree, "key", key);
        if (sha256 != null) {
            tree.put("sha256", sha256.value());
        }
        NodeOutcome.put(tree, "unread", unread);
        return tree;
    }

    static InputArtifact read(Map<String, @Nullable Object> tree) {
        String digest = Tree.string(tree, "sha256");
        return new InputArtifact(
                Tree.text(tree, "node"),
                Tree.text(tree, "name"),
                Tree.text(tree, "endpoint"),
                Tree.text(tree, "bucket"),
                Tree.text(tree, "key"),
                digest == null ? null : new Digest(digest),
                Tree.text(tree, "unread"));
    }
}
