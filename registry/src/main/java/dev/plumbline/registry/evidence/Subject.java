package dev.plumbline.registry.evidence;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a statement is about: a name for people, and a digest, which alone identifies it (in-toto Statement v1).
 *
 * @param name unique in its statement
 * @param digest SHA-256 of its bytes, or what the role says
 * @param role which kind of digest it is; empty to say nothing
 */
public record Subject(String name, Digest digest, String role) {

    /** Role: one file of a model. */
    public static final String MODEL_FILE = "modelFile";

    /** Role: a model as a whole, the root of OpenSSF Model Signing over its files. */
    public static final String MODEL = "omsRoot";

    /** Role: the record of a run whose model's bytes nobody read. */
    public static final String RUN_RECORD = "runRecord";

    /** Role: the artifact as it is stored. */
    public static final String STORED = "storedObject";

    /** Role: part of what ran, in the form in which parts are compared. */
    public static final String PART = "part";

    /** Role: a Release. */
    public static final String RELEASE = "release";

    Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("name", name);
        tree.put("digest", Map.of("sha256", digest.hex()));
        if (!role.isEmpty()) {
            tree.put("annotations", Map.of("role", role));
        }
        return tree;
    }

    static Subject read(Map<String, @Nullable Object> tree) {
        return new Subject(
                Tree.text(tree, "name"),
                new Digest("sha256:" + Tree.text(tree, "digest", "sha256")),
                Tree.text(tree, "annotations", "role"));
    }
}
