package dev.plumbline.controller.diff;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The owners of one place of an object and of what is below it, read from {@code metadata.managedFields} (FieldsV1). A leaf there owns
 * everything below.
 */
final class FieldOwners {

    private static final String FIELD = "f:";
    private static final String KEYED = "k:";

    /**
     * What one owner has of this place.
     *
     * @param owner the owner
     * @param below FieldsV1 below this place; empty when it owns all of it
     */
    private record Share(FieldOwner owner, Map<String, @Nullable Object> below) {}

    private final List<Share> shares;

    private FieldOwners(List<Share> shares) {
        this.shares = shares;
    }

    /** The owners of an object. Its status is left out: it belongs to controllers. */
    static FieldOwners of(Map<String, @Nullable Object> object) {
        List<Share> shares = new ArrayList<>();
        for (Map<String, @Nullable Object> entry : Tree.maps(object, "metadata", "managedFields")) {
            FieldOwner owner = new FieldOwner(
                    Tree.text(entry, "manager"),
                    Tree.text(entry, "operation").equals("Apply"),
                    Tree.text(entry, "subresource"));
            Map<String, @Nullable Object> fields = Tree.map(entry, "fieldsV1");
            if (!owner.subresource().equals("status") && !fields.isEmpty()) {
                shares.add(new Share(owner, fields));
            }
        }
        return new FieldOwners(shares);
    }

    /** Who owns this place or something below it. */
    List<FieldOwner> owners() {
        return shares.stream().map(Share::owner).toList();
    }

    /** The owners of a field of this place. */
    FieldOwners field(String name) {
        List<Share> found = new ArrayList<>();
        for (Share share : shares) {
            Object below = share.below.isEmpty() ? Map.of() : share.below.get(FIELD + name);
            if (below instanceof Map<?, ?> map) {
                found.add(new Share(share.owner, Tree.cast(map)));
            }
        }
        return new FieldOwners(found);
    }

    /** The fields by which the items of the list at this place are told apart; empty when the list is one value. */
    Set<String> keys() {
        for (Share share : shares) {
            for (String element : share.below.keySet()) {
                if (element.startsWith(KEYED)) {
                    return new LinkedHashSet<>(key(element).keySet());
                }
            }
        }
        return Set.of();
    }

    /** The owners of an item of the keyed list at this place. */
    FieldOwners item(Map<?, ?> item) {
        List<Share> found = new ArrayList<>();
        for (Share share : shares) {
            if (share.below.isEmpty()) {
                found.add(share);
            }
            share.below.forEach((element, below) -> {
                if (element.startsWith(KEYED) && below instanceof Map<?, ?> map && matches(key(element), item)) {
                    found.add(new Share(share.owner, Tree.cast(map)));
                }
            });
        }
        return new FieldOwners(found);
    }

    private static boolean matches(Map<String, @Nullable Object> key, Map<?, ?> item) {
        return key.entrySet().stream().allMatch(entry -> Diff.same(entry.getValue(), item.get(entry.getKey())));
    }

    private static Map<String, @Nullable Object> key(String element) {
        try {
            return Json.parseObject(element.substring(KEYED.length()));
        } catch (JsonException e) {
            return Map.of(); // A key that nobody can read belongs to no item.
        }
    }
}
