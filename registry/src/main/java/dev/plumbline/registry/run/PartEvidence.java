package dev.plumbline.registry.run;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one part of what a run executed.
 *
 * @param reference what the run calls it: {@code spec}, {@code spec/<template>}, {@code namespaced/<object>/<template>},
 *     {@code cron/<name>}, {@code configmap/<name>}
 * @param object the object in Git that holds the content, by plain name; null when none does
 * @param digest digest of its content, in the form that parts are compared in
 * @param commit the commit that made that object what it is; null when unknown
 * @param intervals where in the mainline the content is; empty when nowhere
 * @param files for step code, each file with its commit
 */
public record PartEvidence(
        String reference,
        @Nullable ObjectKey object,
        Digest digest,
        @Nullable CommitId commit,
        List<Interval> intervals,
        List<FileEvidence> files) {

    /** Keeps its own copies. */
    public PartEvidence {
        intervals = List.copyOf(intervals);
        files = List.copyOf(files);
    }

    /**
     * One file of step code.
     *
     * @param name its key in the ConfigMap
     * @param digest digest of its text
     * @param commit the commit that made it what it is; null when unknown
     */
    public record FileEvidence(
            String name, Digest digest, @Nullable CommitId commit) {}

    Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("reference", reference);
        if (object != null) {
            tree.put("object", object.toString());
        }
        tree.put("digest", digest.value());
        if (commit != null) {
            tree.put("commit", commit.hex());
        }
        tree.put("intervals", intervals.stream().map(Interval::tree).toList());
        if (!files.isEmpty()) {
            List<@Nullable Object> list = new ArrayList<>();
            for (FileEvidence file : files) {
                Map<String, @Nullable Object> entry = new LinkedHashMap<>();
                entry.put("name", file.name());
                entry.put("digest", file.digest().value());
                if (file.commit() != null) {
                    entry.put("commit", file.commit().hex());
                }
                list.add(entry);
            }
            tree.put("files", list);
        }
        return tree;
    }

    static PartEvidence read(Map<String, @Nullable Object> tree) {
        String object = Tree.string(tree, "object");
        return new PartEvidence(
                Tree.text(tree, "reference"),
                object == null ? null : ObjectKey.parse(object),
                new Digest(Tree.text(tree, "digest")),
                commit(tree),
                Tree.maps(tree, "intervals").stream().map(Interval::read).toList(),
                Tree.maps(tree, "files").stream()
                        .map(file -> new FileEvidence(
                                Tree.text(file, "name"), new Digest(Tree.text(file, "digest")), commit(file)))
                        .toList());
    }

    static @Nullable CommitId commit(Map<String, @Nullable Object> tree) {
        String hex = Tree.string(tree, "commit");
        return hex == null ? null : new CommitId(hex);
    }
}
