package dev.plumbline.registry.run;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.CommitId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A verdict with what it rests on.
 *
 * @param verdict the first that holds
 * @param reasons why, in words
 * @param commit the commit that the run is of; null when there is none that can be named
 * @param range where in the mainline all parts are together; empty when nowhere
 * @param parts each part
 * @param form names of the forms in which contents were compared
 */
public record Judgement(
        Verdict verdict,
        List<String> reasons,
        @Nullable CommitId commit,
        List<Interval> range,
        List<PartEvidence> parts,
        String form) {

    /** Keeps its own copies. */
    public Judgement {
        reasons = List.copyOf(reasons);
        range = List.copyOf(range);
        parts = List.copyOf(parts);
    }

    /** Nothing could be compared, and why. */
    public static Judgement unverifiable(String reason, String form) {
        return new Judgement(Verdict.UNVERIFIABLE, List.of(reason), null, List.of(), List.of(), form);
    }

    Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("verdict", verdict.name());
        tree.put("reasons", reasons);
        if (commit != null) {
            tree.put("commit", commit.hex());
        }
        tree.put("range", range.stream().map(Interval::tree).toList());
        tree.put("parts", parts.stream().map(PartEvidence::tree).toList());
        tree.put("form", form);
        return tree;
    }

    static Judgement read(Map<String, @Nullable Object> tree) {
        return new Judgement(
                Verdict.valueOf(Tree.text(tree, "verdict").toUpperCase(Locale.ROOT)),
                Tree.list(tree, "reasons").stream().map(String::valueOf).toList(),
                PartEvidence.commit(tree),
                Tree.maps(tree, "range").stream().map(Interval::read).toList(),
                Tree.maps(tree, "parts").stream().map(PartEvidence::read).toList(),
                Tree.text(tree, "form"));
    }
}
