package dev.plumbline.controller.inventory;

import dev.plumbline.controller.diff.Baseline;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The objects that one sync owns. Immutable.
 *
 * @param items by key, in the order of their keys
 */
public record Inventory(Map<ObjectKey, Item> items) {

    /** Names the stored form. */
    public static final String SCHEMA = "plumbline.dev/inventory/v1";

    /** Keeps its own copy. */
    public Inventory {
        items = Collections.unmodifiableMap(inOrder(items));
    }

    /** Nothing owned. */
    public static Inventory empty() {
        return new Inventory(Map.of());
    }

    /** Found by hash: a plan asks for each of tens of thousands, and what is in order is only written. */
    private static Map<ObjectKey, Item> inOrder(Map<ObjectKey, Item> items) {
        List<Map.Entry<ObjectKey, Item>> entries = new ArrayList<>(items.entrySet());
        entries.sort(Map.Entry.comparingByKey());
        Map<ObjectKey, Item> ordered = LinkedHashMap.newLinkedHashMap(entries.size());
        entries.forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
        return ordered;
    }

    /** Keys of what was applied once, and not only claimed. */
    public List<ObjectKey> applied() {
        return items.entrySet().stream()
                .filter(entry -> entry.getValue().applied() != null)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** This, and these keys too, as not applied yet where they are new: what is recorded before the first write. */
    public Inventory including(Collection<ObjectKey> keys) {
        if (items.keySet().containsAll(keys)) {
            return this;
        }
        Map<ObjectKey, Item> all = new LinkedHashMap<>(items);
        keys.forEach(key -> all.putIfAbsent(key, Item.claimed()));
        return new Inventory(all);
    }

    /** This with one item replaced or added. */
    public Inventory with(ObjectKey key, Item item) {
        Map<ObjectKey, Item> all = new LinkedHashMap<>(items);
        all.put(key, item);
        return new Inventory(all);
    }

    /** This without these keys. */
    public Inventory without(Collection<ObjectKey> keys) {
        Map<ObjectKey, Item> all = new LinkedHashMap<>(items);
        keys.forEach(all::remove);
        return new Inventory(all);
    }

    /** The stored form. */
    public byte[] encode() {
        List<Object> list = new ArrayList<>();
        items.forEach((key, item) -> {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put("object", key.toString());
            if (item.uid() != null) {
                map.put("uid", item.uid());
            }
            if (item.applied() != null) {
                map.put("applied", item.applied().value());
            }
            if (item.resourceVersion() != null) {
                map.put("resourceVersion", item.resourceVersion());
            }
            if (item.baseline() != null) {
                map.put("baseline", item.baseline().fields());
            }
            list.add(map);
        });
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put("schema", SCHEMA);
        root.put("items", list);
        return Json.bytes(root);
    }

    /**
     * Reads the stored form.
     *
     * @throws JsonException when it is not an inventory of a known schema version
     */
    public static Inventory decode(byte[] bytes) throws JsonException {
        Map<String, @Nullable Object> root = Json.parseObject(bytes);
        if (!SCHEMA.equals(root.get("schema"))) {
            throw new JsonException("expected schema " + SCHEMA + " but found " + root.get("schema"));
        }
        Map<ObjectKey, Item> items = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> map : Tree.maps(root, "items")) {
            String applied = Tree.string(map, "applied");
            items.put(
                    ObjectKey.parse(Tree.text(map, "object")),
                    new Item(
                            Tree.string(map, "uid"),
                            applied == null ? null : new Digest(applied),
                            Tree.string(map, "resourceVersion"),
                            map.get("baseline") == null ? null : new Baseline(Tree.map(map, "baseline"), true)));
        }
        return new Inventory(items);
    }

    /**
     * What is known of one owned object.
     *
     * @param uid its uid; null while it was claimed but not seen
     * @param applied digest of the unstamped content that was last applied; null while none was
     * @param resourceVersion the one at which the live object was as we applied it; null while there is none, so that it is compared
     * @param baseline the server's answer to our last apply; null while there was none, and in what was stored before baselines were
     */
    public record Item(
            @Nullable String uid,
            @Nullable Digest applied,
            @Nullable String resourceVersion,
            @Nullable Baseline baseline) {

        /** Recorded as ours before the first write. */
        public static Item claimed() {
            return new Item(null, null, null, null);
        }
    }
}
