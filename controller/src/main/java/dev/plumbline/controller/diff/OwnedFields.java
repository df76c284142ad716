package dev.plumbline.controller.diff;

import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which fields of a live object others own and a content wants otherwise: what an apply without force would be refused for. */
public final class OwnedFields {

    /** Most fields that are named for one manager. */
    private static final int MAX_NAMED = 10;

    private final SortedMap<String, List<String>> conflicts = new TreeMap<>();

    private OwnedFields() {}

    /** Everybody who owns a field of an object, status apart. */
    public static List<FieldOwner> owners(Map<String, @Nullable Object> live) {
        return FieldOwners.of(live).owners();
    }

    /** The fields, as JSON pointers, by the manager that owns them; of a manager with many the first. */
    public static SortedMap<String, List<String>> conflicts(
            Map<String, @Nullable Object> content, Map<String, @Nullable Object> live) {
        String salt = Tree.text(live, "metadata", "uid");
        OwnedFields fields = new OwnedFields();
        fields.maps("", SecretMask.of(content, salt), SecretMask.of(live, salt), FieldOwners.of(live));
        return fields.conflicts;
    }

    private void maps(String pointer, Map<?, ?> content, Map<?, ?> live, FieldOwners owners) {
        content.forEach((name, value) -> {
            String key = (String) name;
            String child = JsonPointer.child(pointer, key);
            if (Drift.compares(child) && live.get(key) != null) {
                values(child, value, live.get(key), owners.field(key));
            }
        });
    }

    private void values(String pointer, @Nullable Object content, @Nullable Object live, FieldOwners owners) {
        if (Diff.same(content, live) || owners.owners().isEmpty()) {
            return;
        }
        if (content instanceof Map<?, ?> left && live instanceof Map<?, ?> right) {
            maps(pointer, left, right, owners);
        } else if (content instanceof List<?> left
                && live instanceof List<?> right
                && !owners.keys().isEmpty()) {
            items(pointer, left, right, owners);
        } else {
            name(pointer, owners);
        }
    }

    private void items(String pointer, List<?> content, List<?> live, FieldOwners owners) {
        for (int i = 0; i < live.size(); i++) {
            if (live.get(i) instanceof Map<?, ?> item) {
                for (Object wanted : content) {
                    boolean same = wanted instanceof Map<?, ?> map
                            && owners.keys().stream().allMatch(key -> Diff.same(map.get(key), item.get(key)));
                    if (same) {
                        values(JsonPointer.child(pointer, Integer.toString(i)), wanted, item, owners.item(item));
                    }
                }
            }
        }
    }

    private void name(String pointer, FieldOwners owners) {
        for (FieldOwner owner : owners.owners()) {
            List<String> named = conflicts.computeIfAbsent(owner.toString(), manager -> new ArrayList<>());
            if (!owner.isOurs() && named.size() < MAX_NAMED) {
                named.add(pointer);
            }
        }
        conflicts.values().removeIf(List::isEmpty);
    }
}
