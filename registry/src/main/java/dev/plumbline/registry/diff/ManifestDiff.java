package dev.plumbline.registry.diff;

import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares two renderings. Values of Secrets never leave it. */
public final class ManifestDiff {

    /** Characters of the hash that a generator puts behind a name, with its dash. */
    private static final int HASH_SUFFIX = 11;

    private static final String LAST_APPLIED = "[\"kubectl.kubernetes.io/last-applied-configuration\"]";

    private ManifestDiff() {}

    /**
     * The objects that differ, sorted by key. A generated object whose name holds a hash of its content is compared with the one
     * that the same generator made before.
     */
    public static List<ObjectChange> between(Collection<Manifest> before, Collection<Manifest> after) {
        Map<ObjectKey, Manifest> old = index(before);
        List<ObjectChange> changes = new ArrayList<>();
        index(after).forEach((key, now) -> {
            Manifest then = old.remove(key);
            if (then == null) {
                changes.add(new ObjectChange(null, now, List.of()));
            } else if (!then.equals(now)) {
                changes.add(new ObjectChange(then, now, fields(then, now)));
            }
        });
        old.values().forEach(gone -> changes.add(new ObjectChange(gone, null, List.of())));
        changes.sort(Comparator.comparing(ObjectChange::key));
        return changes;
    }

    /** What an object is called in all its versions: without the hash of its content, where its name has one. */
    public static ObjectKey lasting(Manifest object) {
        ObjectKey key = object.key();
        boolean hashed = object.origin().contentNamed() && key.name().length() > HASH_SUFFIX;
        return hashed ? key.withName(key.name().substring(0, key.name().length() - HASH_SUFFIX)) : key;
    }

    /** The fields in which two versions of an object differ, in the order of their paths in the later one. */
    public static List<FieldChange> fields(Manifest before, Manifest after) {
        boolean secret = isSecret(before.key()) || isSecret(after.key());
        Map<String, @Nullable Object> old = Fields.of(before.content());
        Map<String, @Nullable Object> now = Fields.of(after.content());
        List<FieldChange> changes = new ArrayList<>();
        now.forEach((field, value) -> {
            if (!old.containsKey(field)) {
                changes.add(change(field, FieldChange.Kind.ADDED, null, value, secret));
            } else if (!Objects.equals(old.get(field), value)) {
                changes.add(change(field, FieldChange.Kind.CHANGED, old.get(field), value, secret));
            }
        });
        old.forEach((field, value) -> {
            if (!now.containsKey(field)) {
                changes.add(change(field, FieldChange.Kind.REMOVED, value, null, secret));
            }
        });
        changes.removeIf(change -> change.field().endsWith(Fields.ORDER) && !onlyOrder(change));
        return changes;
    }

    /** Elements that come and go are changes of their own; the order is one only where the same elements stand otherwise. */
    private static boolean onlyOrder(FieldChange change) {
        return change.before() instanceof List<?> before
                && change.after() instanceof List<?> after
                && Set.copyOf(before).equals(Set.copyOf(after));
    }

    private static FieldChange change(
            String field, FieldChange.Kind kind, @Nullable Object before, @Nullable Object after, boolean ofSecret) {
        boolean hidden = ofSecret
                && (field.startsWith("data") || field.startsWith("stringData") || field.endsWith(LAST_APPLIED));
        return new FieldChange(field, kind, hidden ? null : before, hidden ? null : after, hidden);
    }

    private static boolean isSecret(ObjectKey key) {
        return key.group().isEmpty() && key.kind().equals("Secret");
    }

    private static Map<ObjectKey, Manifest> index(Collection<Manifest> objects) {
        Map<ObjectKey, Manifest> byKey = new TreeMap<>();
        Map<ObjectKey, Integer> times = new HashMap<>();
        objects.forEach(object -> times.merge(lasting(object), 1, Integer::sum));
        for (Manifest object : objects) {
            ObjectKey lasting = lasting(object);
            byKey.put(Objects.equals(times.get(lasting), 1) ? lasting : object.key(), object);
        }
        return new LinkedHashMap<>(byKey);
    }
}
