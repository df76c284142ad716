package dev.plumbline.controller.diff;

import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds drift (design section 7): a field that differs from the baseline and has an owner who is neither ours nor ignored, and a
 * field of our content that is gone. What nobody owns, a later default for example, is no drift.
 */
public final class Drift {

    private static final Set<String> METADATA =
            Set.of("/metadata/labels", "/metadata/annotations", "/metadata/finalizers", "/metadata/ownerReferences");

    private final IgnoreRules ignore;
    private final List<FieldDrift> found = new ArrayList<>();

    private Drift(IgnoreRules ignore) {
        this.ignore = ignore;
    }

    /**
     * The drift of a live object. A Secret's values are digests in it.
     *
     * @param content what was applied, stamped
     * @param baseline the server's answer to it
     * @param live the live object
     */
    public static List<FieldDrift> of(
            Map<String, @Nullable Object> content,
            Baseline baseline,
            Map<String, @Nullable Object> live,
            IgnoreRules ignore) {
        String salt = Tree.text(live, "metadata", "uid");
        Drift drift = new Drift(ignore.of(content));
        Three<Map<?, ?>> all =
                new Three<>(SecretMask.of(content, salt), baseline.over(content, salt), SecretMask.of(live, salt));
        drift.maps("", all, FieldOwners.of(live));
        return List.copyOf(drift.found);
    }

    /** Whether a field can drift at all: identity and what the server counts cannot, and status belongs to controllers. */
    static boolean compares(String pointer) {
        if (pointer.startsWith("/metadata/")) {
            return METADATA.stream().anyMatch(field -> pointer.equals(field) || pointer.startsWith(field + "/"));
        }
        return !pointer.equals("/status") && !pointer.equals("/apiVersion") && !pointer.equals("/kind");
    }

    /**
     * The same place in what was applied, in the baseline and in the live object.
     *
     * @param <T> what is there
     */
    private record Three<T extends @Nullable Object>(T applied, T base, T live) {}

    private void maps(String pointer, Three<Map<?, ?>> three, FieldOwners owners) {
        Set<String> keys = new TreeSet<>();
        three.base.keySet().forEach(key -> keys.add((String) key));
        three.live.keySet().forEach(key -> keys.add((String) key));
        for (String key : keys) {
            String child = JsonPointer.child(pointer, key);
            if (compares(child)) {
                values(
                        child,
                        new Three<>(three.applied.get(key), three.base.get(key), three.live.get(key)),
                        owners.field(key));
            }
        }
    }

    private void values(String pointer, Three<@Nullable Object> three, FieldOwners owners) {
        Object base = three.base;
        Object live = three.live;
        if (Diff.same(base, live)) {
            return;
        }
        if (live == null) {
            gone(pointer, three);
        } else if (base == null) {
            added(pointer, live, owners);
        } else if (base instanceof Map<?, ?> left && live instanceof Map<?, ?> right) {
            Map<?, ?> applied = three.applied instanceof Map<?, ?> map ? map : Map.of();
            maps(pointer, new Three<>(applied, left, right), owners);
        } else if (base instanceof List<?> left && live instanceof List<?> right && isKeyed(left, right, owners)) {
            List<?> applied = three.applied instanceof List<?> list ? list : List.of();
            items(pointer, new Three<>(applied, left, right), owners);
        } else {
            ignore.foreign(pointer, owners.owners())
                    .ifPresent(owner -> found.add(new FieldDrift(pointer, base, live, owner, three.applied != null)));
        }
    }

    private void gone(String pointer, Three<@Nullable Object> three) {
        if (three.applied != null && !ignore.mayBeGone(pointer)) {
            found.add(new FieldDrift(pointer, three.base, null, null, true));
        }
    }

    /** What the baseline has not: drift where others own it, as a whole or in part. */
    private void added(String pointer, Object live, FieldOwners owners) {
        Optional<FieldOwner> foreign = ignore.foreign(pointer, owners.owners());
        if (foreign.isEmpty()) {
            return;
        }
        boolean shared = owners.owners().stream()
                .anyMatch(owner -> ignore.foreign(pointer, List.of(owner)).isEmpty());
        if (live instanceof Map<?, ?> map && (shared || ignore.reachBelow(pointer))) {
            maps(pointer, new Three<>(Map.of(), Map.of(), map), owners);
        } else {
            found.add(new FieldDrift(pointer, null, live, foreign.get(), false));
        }
    }

    private void items(String pointer, Three<List<?>> three, FieldOwners owners) {
        Set<String> keys = owners.keys();
        for (int i = 0; i < three.live.size(); i++) {
            if (three.live.get(i) instanceof Map<?, ?> item) {
                Three<@Nullable Object> same =
                        new Three<>(find(three.applied, keys, item), find(three.base, keys, item), item);
                values(JsonPointer.child(pointer, Integer.toString(i)), same, owners.item(item));
            }
        }
        for (int i = 0; i < three.base.size(); i++) {
            if (three.base.get(i) instanceof Map<?, ?> item && find(three.live, keys, item) == null) {
                gone(
                        JsonPointer.child(pointer, Integer.toString(i)),
                        new Three<>(find(three.applied, keys, item), item, null));
            }
        }
    }

    private static boolean isKeyed(List<?> base, List<?> live, FieldOwners owners) {
        Predicate<@Nullable Object> isMap = item -> item instanceof Map;
        return !owners.keys().isEmpty()
                && base.stream().allMatch(isMap)
                && live.stream().allMatch(isMap);
    }

    /** The item with the same keys; a key that only the server fills in is taken as equal. Null when there is none. */
    private static @Nullable Object find(List<?> items, Set<String> keys, Map<?, ?> item) {
        for (Object other : items) {
            boolean same = other instanceof Map<?, ?> map
                    && keys.stream()
                            .allMatch(key -> map.get(key) == null
                                    || item.get(key) == null
                                    || Diff.same(map.get(key), item.get(key)));
            if (same) {
                return other;
            }
        }
        return null;
    }
}
