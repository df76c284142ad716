package dev.plumbline.controller.local.cluster;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.local.fields.FieldConflict;
import dev.plumbline.controller.local.fields.FieldFault;
import dev.plumbline.controller.local.fields.FieldManagement;
import dev.plumbline.controller.local.fields.Ownership;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps {@code metadata.managedFields} of whole objects. */
final class Owners {

    private Owners() {}

    /** The object without {@code managedFields}. */
    static Map<String, @Nullable Object> without(Map<String, @Nullable Object> object) {
        Map<String, @Nullable Object> bare = new LinkedHashMap<>(object);
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>(Tree.map(object, "metadata"));
        metadata.remove("managedFields");
        bare.put("metadata", metadata);
        return bare;
    }

    /** Sets {@code managedFields} of an object that may be changed, its metadata included. */
    static void write(Map<String, @Nullable Object> object, Ownership owners) {
        Map<String, @Nullable Object> metadata = Tree.map(object, "metadata");
        if (owners.isEmpty()) {
            metadata.remove("managedFields");
        } else {
            metadata.put("managedFields", owners.write());
        }
    }

    /**
     * Makes a manager the owner of what a create or a patch changed.
     *
     * @param live null when the object is created
     * @return the next object, whose metadata may be changed
     */
    static Map<String, @Nullable Object> update(
            KindFacts facts,
            ObjectKey key,
            @Nullable Map<String, @Nullable Object> live,
            Map<String, @Nullable Object> next,
            String manager,
            String now)
            throws ClusterException {
        Map<String, @Nullable Object> bare = without(next);
        Ownership before = live == null ? Ownership.NONE : Ownership.read(live);
        try {
            Ownership owners =
                    facts.management().update(live == null ? null : without(live), bare, before, manager, now);
            write(bare, owners);
            return bare;
        } catch (FieldFault e) {
            throw ObjectRules.invalid(key, e.getMessage() + "; correct this field");
        }
    }

    /** Applies content to an object. */
    static FieldManagement.Managed apply(
            KindFacts facts,
            ObjectKey key,
            @Nullable Map<String, @Nullable Object> live,
            Map<String, @Nullable Object> content,
            String manager,
            boolean force,
            String now)
            throws ClusterException {
        Ownership before = live == null ? Ownership.NONE : Ownership.read(live);
        try {
            return facts.management().apply(live == null ? null : without(live), content, before, manager, force, now);
        } catch (FieldFault e) {
            throw ObjectRules.invalid(key, e.getMessage() + "; correct this field");
        } catch (FieldConflict e) {
            throw new ClusterException(
                    ClusterException.Reason.CONFLICT,
                    key,
                    "applying " + key + " as " + manager + " failed, because " + e.getMessage()
                            + "; give these fields up, or apply with force");
        }
    }

    /** Whether two objects are equal but for the times in {@code managedFields}. */
    static boolean sameButTimes(Map<String, @Nullable Object> left, Map<String, @Nullable Object> right) {
        return timeless(left).equals(timeless(right));
    }

    private static Map<String, @Nullable Object> timeless(Map<String, @Nullable Object> object) {
        Map<String, @Nullable Object> bare = without(object);
        List<Map<String, @Nullable Object>> entries = new java.util.ArrayList<>();
        for (Map<String, @Nullable Object> entry : Tree.maps(object, "metadata", "managedFields")) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>(entry);
            copy.remove("time");
            entries.add(copy);
        }
        entries.sort(java.util.Comparator.comparing(
                entry -> Tree.text(entry, "operation") + " " + Tree.text(entry, "manager")));
        Tree.map(bare, "metadata").put("managedFields", entries);
        return bare;
    }
}
