package dev.plumbline.registry.run;

import dev.plumbline.registry.json.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where in the mainline the content of one part of a run stands.
 *
 * @param reference what the run calls the part
 * @param intervals where it stands
 */
public record PartPlace(String reference, List<Interval> intervals) {

    /** Keeps its own copy. */
    public PartPlace {
        intervals = List.copyOf(intervals);
    }

    /** The places of the parts that a verdict rests on, without those that stand nowhere. */
    public static List<PartPlace> of(Judgement judgement) {
        return judgement.parts().stream()
                .filter(part -> !part.intervals().isEmpty())
                .map(part -> new PartPlace(part.reference(), part.intervals()))
                .toList();
    }

    /** As a plain tree. */
    public Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("reference", reference);
        tree.put("intervals", intervals.stream().map(Interval::tree).toList());
        return tree;
    }

    /** Reads what {@link #tree()} wrote. */
    public static PartPlace read(Map<String, @Nullable Object> tree) {
        return new PartPlace(
                Tree.text(tree, "reference"),
                Tree.maps(tree, "intervals").stream().map(Interval::read).toList());
    }
}
