package dev.plumbline.registry.run;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model that a run says it made.
 *
 * @param name registered name
 * @param version registered version; empty when the run says none
 * @param uri where the run says it is; empty when it says nothing
 * @param mlflowRunId tracking run; empty when the run says none
 * @param accuracy as the run says; empty when it says nothing
 * @param node name of the node whose outputs say so; empty for the outputs of the whole run
 * @param digest digest of the model's bytes; null when they were not read
 * @param registration what the model registry said of it
 * @param source where the registry says its files are; empty unless it was found
 */
public record ModelRecord(
        String name,
        String version,
        String uri,
        String mlflowRunId,
        String accuracy,
        String node,
        @Nullable Digest digest,
        Registration registration,
        String source) {

    /** What a model registry said. */
    public enum Registration {
        /** It was not asked, or did not answer yet. */
        UNKNOWN,
        /** It has this version, and agrees on the run that made it. */
        FOUND,
        /** It has this version, but the run did not say which tracking run made it, so this is not sure. */
        UNCONFIRMED,
        /** It has this version, but names another run. */
        OTHER_RUN,
        /** It has no such version. */
        MISSING
    }

    /** The same with what the registry said. */
    public ModelRecord registered(Registration registered, String from) {
        return new ModelRecord(name, version, uri, mlflowRunId, accuracy, node, digest, registered, from);
    }

    /** The same with the digest of its bytes. */
    public ModelRecord withDigest(@Nullable Digest bytes) {
        return new ModelRecord(name, version, uri, mlflowRunId, accuracy, node, bytes, registration, source);
    }

    /** Whether the other is the same version of the same model. */
    public boolean isOf(ModelRecord other) {
        return name.equals(other.name) && version.equals(other.version);
    }

    /** As a plain tree. */
    public Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("name", name);
        NodeOutcome.put(tree, "version", version);
        NodeOutcome.put(tree, "uri", uri);
        NodeOutcome.put(tree, "mlflowRunId", mlflowRunId);
        NodeOutcome.put(tree, "accuracy", accuracy);
        NodeOutcome.put(tree, "node", node);
        if (digest != null) {
            tree.put("digest", digest.value());
        }
        tree.put("registration", registration.name());
        NodeOutcome.put(tree, "source", source);
        return tree;
    }

    static ModelRecord read(Map<String, @Nullable Object> tree) {
        String digest = Tree.string(tree, "digest");
        return new ModelRecord(
                Tree.text(tree, "name"),
                Tree.text(tree, "version"),
                Tree.text(tree, "uri"),
                Tree.text(tree, "mlflowRunId"),
                Tree.text(tree, "accuracy"),
                Tree.text(tree, "node"),
                digest == null ? null : new Digest(digest),
                Registration.valueOf(Tree.text(tree, "registration")),
                Tree.text(tree, "source"));
    }
}
