package dev.plumbline.registry.run;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.CommitId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Commits of the mainline that follow each other (those that do not render left out) and hold the same content.
 *
 * @param oldest first of them
 * @param newest last of them
 * @param commits how many they are
 * @param atOrBefore whether older commits were not looked at, so that it may begin earlier
 */
public record Interval(CommitId oldest, CommitId newest, int commits, boolean atOrBefore) {

    Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("oldest", oldest.hex());
        tree.put("newest", newest.hex());
        tree.put("commits", (long) commits);
        if (atOrBefore) {
            tree.put("atOrBefore", true);
        }
        return tree;
    }

    static Interval read(Map<String, @Nullable Object> tree) {
        return new Interval(
                new CommitId(Tree.text(tree, "oldest")),
                new CommitId(Tree.text(tree, "newest")),
                tree.get("commits") instanceof Long commits ? commits.intValue() : 0,
                Boolean.TRUE.equals(tree.get("atOrBefore")));
    }
}
