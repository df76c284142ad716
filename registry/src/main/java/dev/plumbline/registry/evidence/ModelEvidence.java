package dev.plumbline.registry.evidence;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The signed statements about one model, by the digests of their bundles among the objects.
 *
 * @param name name of the model
 * @param version its version; empty when the run said none
 * @param subjects what the statements are about
 * @param render where what was asked for comes from; null when no Release was in force
 * @param run the run that made it
 * @param summary the verdict
 * @param signature its files as OpenSSF Model Signing lists them; null when they could not be read
 */
public record ModelEvidence(
        String name,
        String version,
        List<Subject> subjects,
        @Nullable Digest render,
        Digest run,
        Digest summary,
        @Nullable Digest signature) {

    /** Keeps its own copy. */
    public ModelEvidence {
        subjects = List.copyOf(subjects);
    }

    /** The bundles by what they are: {@code render}, {@code run}, {@code vsa} and {@code model}. */
    public Map<String, Digest> bundles() {
        Map<String, Digest> bundles = new LinkedHashMap<>();
        if (render != null) {
            bundles.put("render", render);
        }
        bundles.put("run", run);
        bundles.put("vsa", summary);
        if (signature != null) {
            bundles.put("model", signature);
        }
        return bundles;
    }

    /** The same with another summary. */
    ModelEvidence summarised(Digest other) {
        return new ModelEvidence(name, version, subjects, render, run, other, signature);
    }

    Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("name", name);
        tree.put("version", version);
        List<@Nullable Object> about = new ArrayList<>();
        subjects.forEach(subject -> about.add(subject.tree()));
        tree.put("subjects", about);
        Map<String, @Nullable Object> digests = new LinkedHashMap<>();
        bundles().forEach((kind, digest) -> digests.put(kind, digest.value()));
        tree.put("bundles", digests);
        return tree;
    }

    static ModelEvidence read(Map<String, @Nullable Object> tree) {
        return new ModelEvidence(
                Tree.text(tree, "name"),
                Tree.text(tree, "version"),
                Tree.maps(tree, "subjects").stream().map(Subject::read).toList(),
                optional(tree, "render"),
                new Digest(Tree.text(tree, "bundles", "run")),
                new Digest(Tree.text(tree, "bundles", "vsa")),
                optional(tree, "model"));
    }

    private static @Nullable Digest optional(Map<String, @Nullable Object> tree, String kind) {
        String digest = Tree.string(tree, "bundles", kind);
        return digest == null ? null : new Digest(digest);
    }
}
