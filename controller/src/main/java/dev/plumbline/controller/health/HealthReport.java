package dev.plumbline.controller.health;

import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the objects of a sync are at one moment.
 *
 * @param objects by key, in the order of their keys
 */
public record HealthReport(SortedMap<ObjectKey, ObjectHealth> objects) {

    /** Keeps its own copy. */
    public HealthReport {
        objects = Collections.unmodifiableSortedMap(new TreeMap<>(objects));
    }

    /** The worst of all; Current when there is nothing. */
    public Health worst() {
        return objects.values().stream().map(ObjectHealth::health).reduce(Health.CURRENT, Health::worse);
    }

    /** Those that are not Current. */
    public SortedMap<ObjectKey, ObjectHealth> unwell() {
        TreeMap<ObjectKey, ObjectHealth> unwell = new TreeMap<>(objects);
        unwell.values().removeIf(one -> one.health() == Health.CURRENT);
        return unwell;
    }

    /** One line for people: the worst, how many share it, and the first of them with its reason. */
    public String summary() {
        Health worst = worst();
        List<Map.Entry<ObjectKey, ObjectHealth>> share = objects.entrySet().stream()
                .filter(entry -> entry.getValue().health() == worst)
                .toList();
        if (worst == Health.CURRENT) {
            return objects.size() + " objects are Current";
        }
        return share.size() + " of " + objects.size() + " objects " + (share.size() == 1 ? "is " : "are ")
                + worst.word() + "; " + share.getFirst().getKey().display() + ": "
                + share.getFirst().getValue().reason();
    }

    /** As a plain tree: worst, summary, and each object that is not Current. */
    public Map<String, @Nullable Object> tree() {
        List<Object> list = new ArrayList<>();
        unwell().forEach((key, health) -> {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("object", key.toString());
            one.put("health", health.health().word());
            one.put("reason", health.reason());
            list.add(one);
        });
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put("health", worst().word());
        root.put("summary", summary());
        root.put("objects", list);
        return root;
    }
}
