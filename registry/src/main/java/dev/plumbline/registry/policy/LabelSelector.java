package dev.plumbline.registry.policy;

import dev.plumbline.registry.json.Tree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A label selector as objects hold it: {@code matchLabels} and {@code matchExpressions}, all of which must hold. */
final class LabelSelector {

    private LabelSelector() {}

    /** Whether labels match; an absent or empty selector matches all. */
    static boolean matches(@Nullable Object selector, Map<String, @Nullable Object> labels) {
        for (Map.Entry<String, @Nullable Object> label :
                Tree.map(selector, "matchLabels").entrySet()) {
            if (!String.valueOf(label.getValue()).equals(labels.get(label.getKey()))) {
                return false;
            }
        }
        for (Map<String, @Nullable Object> requirement : Tree.maps(selector, "matchExpressions")) {
            if (!holds(requirement, labels)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(Map<String, @Nullable Object> requirement, Map<String, @Nullable Object> labels) {
        Object value = labels.get(Tree.text(requirement, "key"));
        List<@Nullable Object> values = Tree.list(requirement, "values");
        return switch (Tree.text(requirement, "operator")) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }
}
