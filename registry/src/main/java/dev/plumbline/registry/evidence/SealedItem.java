package dev.plumbline.registry.evidence;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a stream that the chained log holds fast.
 *
 * @param stream {@code history} for an observed ref and what became of it, {@code runs} for a recorded run
 * @param number its number in that stream
 * @param digest digest of its bytes
 * @param evidence digest of the evidence about the run; null where there was none
 */
public record SealedItem(
        String stream, long number, Digest digest, @Nullable Digest evidence) {

    Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("stream", stream);
        tree.put("number", number);
        tree.put("digest", digest.value());
        if (evidence != null) {
            tree.put("evidence", evidence.value());
        }
        return tree;
    }

    static SealedItem read(Map<String, @Nullable Object> tree) {
        String evidence = Tree.string(tree, "evidence");
        return new SealedItem(
                Tree.text(tree, "stream"),
                tree.get("number") instanceof Long number ? number : 0,
                new Digest(Tree.text(tree, "digest")),
                evidence == null ? null : new Digest(evidence));
    }
}
