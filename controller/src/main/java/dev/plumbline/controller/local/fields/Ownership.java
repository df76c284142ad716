package dev.plumbline.controller.local.fields;

import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The owners of an object's fields, as {@code metadata.managedFields} writes them. Never changes. */
public final class Ownership {

    /** Most owners by update; beyond it the oldest are put together (as the API server does). */
    static final int MAX_UPDATERS = 10;

    /** The owner that the oldest are put together under. */
    static final String ANCIENT = "ancient-changes";

    /** Nobody owns anything. */
    public static final Ownership NONE = new Ownership(Map.of());

    private static final Comparator<Owner> BY_NAME = Comparator.comparing(Owner::manager)
            .thenComparing(Owner::apiVersion)
            .thenComparing(Owner::subresource);

    /** What one owner owns, and since when; the time may be empty. */
    record Share(FieldSet fields, String time) {}

    private final Map<Owner, Share> shares;

    private Ownership(Map<Owner, Share> shares) {
        this.shares = shares;
    }

    static Ownership of(Map<Owner, Share> shares) {
        Map<Owner, Share> kept = new LinkedHashMap<>();
        shares.forEach((owner, share) -> {
            if (!share.fields.isEmpty()) {
                kept.put(owner, share);
            }
        });
        return new Ownership(kept);
    }

    /** Reads the ownership of an object. */
    public static Ownership read(Map<String, @Nullable Object> object) {
        Map<Owner, Share> shares = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> entry : Tree.maps(object, "metadata", "managedFields")) {
            Owner owner = new Owner(
                    Tree.text(entry, "manager"),
                    Tree.text(entry, "operation").equals("Apply"),
                    Tree.text(entry, "apiVersion"),
                    Tree.text(entry, "subresource"));
            shares.put(owner, new Share(FieldSet.parse(Tree.map(entry, "fieldsV1")), Tree.text(entry, "time")));
        }
        return new Ownership(shares);
    }

    Map<Owner, Share> shares() {
        return new LinkedHashMap<>(shares);
    }

    /** Whether nobody owns anything. */
    public boolean isEmpty() {
        return shares.isEmpty();
    }

    /** Writes {@code managedFields}: appliers first, each group by time and name. */
    public List<@Nullable Object> write() {
        List<Map.Entry<Owner, Share>> sorted = new ArrayList<>(shares.entrySet());
        sorted.sort(
                Comparator.comparing((Map.Entry<Owner, Share> e) -> !e.getKey().applied())
                        .thenComparing(e -> e.getValue().time())
                        .thenComparing(Map.Entry::getKey, BY_NAME));
        List<@Nullable Object> written = new ArrayList<>();
        for (Map.Entry<Owner, Share> entry : sorted) {
            Map<String, @Nullable Object> out = new LinkedHashMap<>();
            Owner owner = entry.getKey();
            out.put("manager", owner.manager());
            out.put("operation", owner.applied() ? "Apply" : "Update");
            out.put("apiVersion", owner.apiVersion());
            if (!entry.getValue().time().isEmpty()) {
                out.put("time", entry.getValue().time());
            }
            out.put("fieldsType", "FieldsV1");
            out.put("fieldsV1", entry.getValue().fields().toFieldsV1());
            if (!owner.subresource().isEmpty()) {
                out.put("subresource", owner.subresource());
            }
            written.add(out);
        }
        return written;
    }

    /** Puts the oldest owners by update together while there are too many. */
    Ownership capped() {
        List<Map.Entry<Owner, Share>> updaters = new ArrayList<>();
        shares.entrySet().stream().filter(e -> !e.getKey().applied()).forEach(updaters::add);
        int excess = updaters.size() - MAX_UPDATERS;
        if (excess <= 0) {
            return this;
        }
        updaters.sort(
                Comparator.comparing((Map.Entry<Owner, Share> e) -> e.getValue().time())
                        .thenComparing(Map.Entry::getKey, BY_NAME));
        Map<Owner, Share> result = new LinkedHashMap<>(shares);
        FieldSet together = FieldSet.EMPTY;
        String time = "";
        for (Map.Entry<Owner, Share> entry : updaters.subList(0, excess + 1)) {
            together = together.union(entry.getValue().fields());
            time = entry.getValue().time();
            result.remove(entry.getKey());
        }
        Owner bucket = new Owner(ANCIENT, false, updaters.getFirst().getKey().apiVersion(), "");
        Share before = result.get(bucket);
        result.put(bucket, new Share(before == null ? together : together.union(before.fields()), time));
        return new Ownership(result);
    }
}
