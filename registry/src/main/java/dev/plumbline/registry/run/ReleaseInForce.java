package dev.plumbline.registry.run;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which Release the cluster was asked to hold at a moment.
 *
 * @param revision its number in the sync's history, from 1
 * @param digest the Release's digest
 * @param commit the commit that it was made of
 */
public record ReleaseInForce(long revision, Digest digest, CommitId commit) {

    Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("revision", revision);
        tree.put("digest", digest.value());
        tree.put("commit", commit.hex());
        return tree;
    }

    static ReleaseInForce read(Map<String, @Nullable Object> tree) {
        return new ReleaseInForce(
                tree.get("revision") instanceof Long number ? number : 0,
                new Digest(Tree.text(tree, "digest")),
                new CommitId(Tree.text(tree, "commit")));
    }
}
