package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.json.Tree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values that a step or task runs for, and the variables that this brings into scope. */
final class LoopChecks {

    static final String RULE = "loop";

    private LoopChecks() {}

    static void check(Map<String, @Nullable Object> call, Place place, String words, Names names, Problems problems) {
        List<@Nullable Object> items = Tree.list(call, "withItems");
        boolean param = !Tree.text(call, "withParam").isEmpty();
        Object sequence = call.get("withSequence");
        int kinds = (items.isEmpty() ? 0 : 1) + (param ? 1 : 0) + (sequence == null ? 0 : 1);
        if (kinds > 1) {
            problems.add(
                    RULE,
                    place,
                    words + " has more than one of withItems, withParam and withSequence",
                    "keep one of them");
        }
        for (Object item : items) {
            item(item, names);
        }
        if (param) {
            names.add("item");
            names.addAll("item.");
        }
        if (sequence != null) {
            if (Tree.at(sequence, "count") != null && Tree.at(sequence, "end") != null) {
                problems.add(
                        RULE,
                        place.at("withSequence"),
                        words + ".withSequence has both 'count' and 'end'",
                        "keep one of them");
            }
            names.add("item");
        }
    }

    private static void item(@Nullable Object item, Names names) {
        switch (item) {
            case Map<?, ?> map -> map.keySet().forEach(key -> names.add("item." + key));
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    names.add("item.[" + i + "]");
                }
            }
            case null, default -> names.add("item");
        }
    }
}
