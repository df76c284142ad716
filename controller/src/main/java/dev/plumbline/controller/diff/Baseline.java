package dev.plumbline.controller.diff;

import dev.plumbline.registry.json.Tree;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The server's answer to our apply, as what it added to the applied content or changed in it (defaults, allocated values, other
 * writings of a value): with the content at hand, which the Release has, that is the whole answer. A Secret's values are in it as
 * salted digests only.
 *
 * @param fields by JSON pointer into the applied content; null where the answer lacks a field of the content
 * @param complete whether the answer held no field of others that must not be taken for granted
 */
public record Baseline(Map<String, @Nullable Object> fields, boolean complete) {

    /** The server answered exactly what was applied. */
    public static final Baseline SAME = new Baseline(Map.of(), true);

    /** Keeps its own copy. */
    public Baseline {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /**
     * The baseline after an apply.
     *
     * @param content what was applied
     * @param answer what the server answered
     * @param before the baseline until now; null when all that is there is taken as it is: after a creation or an adoption
     * @param ignore whose fields may be taken for granted
     */
    public static Baseline of(
            Map<String, @Nullable Object> content,
            Map<String, @Nullable Object> answer,
            @Nullable Baseline before,
            IgnoreRules ignore) {
        String salt = Tree.text(answer, "metadata", "uid");
        Collecting collecting = new Collecting(
                before == null ? null : before.over(content, salt), ignore.of(content), new LinkedHashMap<>());
        boolean complete =
                collecting.maps("", SecretMask.of(content, salt), SecretMask.of(answer, salt), FieldOwners.of(answer));
        return new Baseline(collecting.fields, complete);
    }

    /** The whole answer to the apply of a content. */
    Map<String, @Nullable Object> over(Map<String, @Nullable Object> content, String salt) {
        Map<String, @Nullable Object> whole = Tree.copy(SecretMask.of(content, salt));
        fields.forEach((pointer, value) -> Place.set(whole, JsonPointer.elements(pointer), value));
        return whole;
    }

    /** Collects what differs. */
    private record Collecting(
            @Nullable Map<String, @Nullable Object> before, IgnoreRules ignore, Map<String, @Nullable Object> fields) {

        private boolean maps(String pointer, Map<?, ?> content, Map<?, ?> answer, FieldOwners owners) {
            Set<String> keys = new TreeSet<>();
            content.keySet().forEach(key -> keys.add((String) key));
            answer.keySet().forEach(key -> keys.add((String) key));
            boolean complete = true;
            for (String key : keys) {
                String child = JsonPointer.child(pointer, key);
                if (Drift.compares(child)) {
                    complete &= values(child, content.get(key), answer.get(key), owners.field(key));
                }
            }
            return complete;
        }

        private boolean values(String pointer, @Nullable Object content, @Nullable Object answer, FieldOwners owners) {
            if (Diff.same(content, answer)) {
                return true;
            }
            if (content instanceof Map<?, ?> left && answer instanceof Map<?, ?> right) {
                return maps(pointer, left, right, owners);
            }
            if (content instanceof List<?> left && answer instanceof List<?> right && left.size() == right.size()) {
                boolean complete = true;
                for (int i = 0; i < left.size(); i++) {
                    FieldOwners item = right.get(i) instanceof Map<?, ?> map
                                    && !owners.keys().isEmpty()
                            ? owners.item(map)
                            : owners;
                    complete &=
                            values(JsonPointer.child(pointer, Integer.toString(i)), left.get(i), right.get(i), item);
                }
                return complete;
            }
            if (before != null && ignore.foreign(pointer, owners.owners()).isPresent()) {
                Object known = Place.get(before, JsonPointer.elements(pointer));
                if (!Diff.same(known, answer)) {
                    return false;
                }
            }
            fields.put(pointer, Tree.copy(answer));
            return true;
        }
    }
}
