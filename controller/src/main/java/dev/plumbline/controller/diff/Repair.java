package dev.plumbline.controller.diff;

import dev.plumbline.registry.json.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What undoes drift: our content applied again for its own fields, so that we own them as before, and a merge patch (RFC 7386) to the
 * baseline value or null for all others, which no apply can reach.
 *
 * @param apply whether the content must be applied again
 * @param patch the patch without its precondition; empty when none is needed
 */
public record Repair(boolean apply, Map<String, @Nullable Object> patch) {

    /** The repair of some drift of a live object. A Secret's value that nobody knows any more cannot be restored. */
    public static Repair of(List<FieldDrift> drift, Map<String, @Nullable Object> live) {
        boolean apply = false;
        Map<String, @Nullable Object> repaired = Tree.copy(live);
        // From the last to the first, so that what is removed from a list moves nothing that is still to be found.
        for (FieldDrift one : drift.reversed()) {
            if (one.applied()) {
                apply = true;
            } else if (!SecretMask.isMasked(one.expected())) {
                Place.set(repaired, JsonPointer.elements(one.pointer()), one.expected());
            }
        }
        return new Repair(apply, between(live, repaired));
    }

    /** Whether there is nothing that it could do. */
    public boolean isEmpty() {
        return !apply && patch.isEmpty();
    }

    private static Map<String, @Nullable Object> between(
            Map<String, @Nullable Object> from, Map<String, @Nullable Object> to) {
        Map<String, @Nullable Object> patch = new LinkedHashMap<>();
        from.forEach((key, value) -> {
            Object other = to.get(key);
            if (value instanceof Map<?, ?> left && other instanceof Map<?, ?> right) {
                Map<String, @Nullable Object> below = between(Tree.cast(left), Tree.cast(right));
                if (!below.isEmpty()) {
                    patch.put(key, below);
                }
            } else if (!Objects.equals(value, other)) {
                patch.put(key, other);
            }
        });
        to.forEach((key, value) -> {
            if (!from.containsKey(key)) {
                patch.put(key, value);
            }
        });
        return patch;
    }
}
