package dev.plumbline.controller.local.fields;

import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Ownership of the fields of one kind's objects: what an apply makes of an object, and whom any other write makes the owner
 * of what it changed.
 */
public final class FieldManagement {

    /** Fields that nobody owns. */
    private static final FieldSet NEVER_OWNED = FieldSet.parse(Map.of(
            "f:apiVersion",
            Map.of(),
            "f:kind",
            Map.of(),
            "f:metadata",
            Map.of(
                    ".", Map.of(),
                    "f:name", Map.of(),
                    "f:namespace", Map.of(),
                    "f:creationTimestamp", Map.of(),
                    "f:selfLink", Map.of(),
                    "f:uid", Map.of(),
                    "f:generation", Map.of(),
                    "f:managedFields", Map.of(),
                    "f:resourceVersion", Map.of())));

    private static final FieldSet STATUS = FieldSet.parse(Map.of("f:status", Map.of()));

    /** The owner of what was there before the first apply. */
    private static final String BEFORE = "before-first-apply";

    private static final Owner SELF = new Owner("current-operation", false, "", "");

    private final FieldType type;
    private final String apiVersion;
    private final FieldSet ignored;
    private final boolean custom;

    /**
     * Ownership for one kind.
     *
     * @param type the type of its objects
     * @param apiVersion the version in which fields are named
     * @param ignoreStatus whether status belongs to a subresource, so that writes of the object do not count for it
     * @param custom whether a CustomResourceDefinition makes the kind; others are structs of the API server
     */
    public FieldManagement(FieldType type, String apiVersion, boolean ignoreStatus, boolean custom) {
        this.type = type;
        this.apiVersion = apiVersion;
        this.ignored = ignoreStatus ? STATUS : FieldSet.EMPTY;
        this.custom = custom;
    }

    /**
     * An object and the owners of its fields.
     *
     * @param object without {@code managedFields}
     */
    public record Managed(Map<String, @Nullable Object> object, Ownership owners) {}

    /**
     * The owners after a create or a patch.
     *
     * @param live the object as it was, without {@code managedFields}; null when it is created
     * @param next the object as it will be
     * @throws FieldFault when an object does not fit its type
     */
    public Ownership update(
            @Nullable Map<String, @Nullable Object> live,
            Map<String, @Nullable Object> next,
            Ownership owners,
            String manager,
            String now)
            throws FieldFault {
        if (owners.isEmpty() && live != null) {
            return owners;
        }
        return updated(live == null ? empty(next) : live, next, owners, manager, now);
    }

    private Ownership updated(
            Map<String, @Nullable Object> live,
            Map<String, @Nullable Object> next,
            Ownership owners,
            String manager,
            String now)
            throws FieldFault {
        Typed.check(type, next, true);
        Comparison comparison = Comparison.of(type, live, next).without(ignored);
        Map<Owner, Ownership.Share> shares = owners.shares();
        giveWay(shares, comparison, SELF);
        FieldSet mine =
                comparison.modified().union(comparison.added()).without(ignored).difference(NEVER_OWNED);
        if (!mine.isEmpty()) {
            Owner owner = new Owner(manager, false, apiVersion, "");
            Ownership.Share before = shares.get(owner);
            FieldSet all = before == null ? mine : mine.union(before.fields());
            shares.put(owner, new Ownership.Share(all, now));
        }
        return Ownership.of(shares).capped();
    }

    /**
     * What an apply makes of an object.
     *
     * @param live the object as it is, without {@code managedFields}; null when there is none
     * @param content what is applied
     * @return the object, equal to {@code live} when nothing changed, and the owners of its fields
     * @throws FieldFault when the content does not fit its type
     * @throws FieldConflict when others own fields that would change, and force is false
     */
    public Managed apply(
            @Nullable Map<String, @Nullable Object> live,
            Map<String, @Nullable Object> content,
            Ownership before,
            String manager,
            boolean force,
            String now)
            throws FieldFault, FieldConflict {
        Map<String, @Nullable Object> old = live == null ? empty(content) : live;
        Ownership owners =
                before.isEmpty() && live != null ? updated(empty(content), old, before, BEFORE, now) : before;
        Typed.check(type, content, false);
        Map<Owner, Ownership.Share> shares = owners.shares();
        Owner owner = applier(shares, manager);
        Ownership.Share last = shares.remove(owner);
        Owner self = new Owner(manager, true, apiVersion, "");
        FieldSet set = Typed.fields(type, content).without(ignored);
        String time = last == null ? "" : last.time();
        shares.put(self, new Ownership.Share(set, time));
        Map<String, @Nullable Object> merged = map(Merge.merge(type, old, content));
        Map<String, @Nullable Object> pruned =
                last == null || last.fields().isEmpty() ? merged : prune(merged, shares, last.fields());
        Comparison comparison = Comparison.of(type, old, pruned).without(ignored);
        if (!force) {
            refuse(shares, comparison, self);
        }
        giveWay(shares, comparison, self);
        if (custom) {
            checkNoNull(pruned);
        }
        boolean changed = !Values.same(old, pruned);
        FieldSet mine = set.difference(NEVER_OWNED);
        shares.put(self, new Ownership.Share(mine, changed || live == null || time.isEmpty() ? now : time));
        return new Managed(pruned, Ownership.of(shares));
    }

    /** Metadata is of the API server's own types, for which null is absent. */
    private void checkNoNull(Map<String, @Nullable Object> object) throws FieldFault {
        FieldType metadata = type.field("metadata");
        if (metadata != null) {
            Defaults.dropNulls(metadata, object.get("metadata"));
        }
        Typed.checkNoNull(type, object);
    }

    /** An applier is one owner whatever the version that it names fields in. */
    private Owner applier(Map<Owner, Ownership.Share> shares, String manager) {
        for (Owner owner : shares.keySet()) {
            if (owner.applied()
                    && owner.manager().equals(manager)
                    && owner.subresource().isEmpty()) {
                return owner;
            }
        }
        return new Owner(manager, true, apiVersion, "");
    }

    private static void refuse(Map<Owner, Ownership.Share> shares, Comparison comparison, Owner self)
            throws FieldConflict {
        FieldSet changed = comparison.modified().union(comparison.added());
        Map<String, List<String>> conflicts = new TreeMap<>();
        shares.forEach((owner, share) -> {
            if (!owner.equals(self)) {
                share.fields()
                        .intersection(changed)
                        .forEach(path -> conflicts
                                .computeIfAbsent(owner.manager(), m -> new ArrayList<>())
                                .add(path));
            }
        });
        if (!conflicts.isEmpty()) {
            throw new FieldConflict(conflicts);
        }
    }

    /** All but one owner lose what changed or went. */
    private static void giveWay(Map<Owner, Ownership.Share> shares, Comparison comparison, Owner self) {
        FieldSet changed = comparison.modified().union(comparison.added());
        shares.replaceAll((owner, share) -> {
            if (owner.equals(self)) {
                return share;
            }
            FieldSet taken = share.fields().intersection(changed);
            return new Ownership.Share(share.fields().difference(taken).difference(comparison.removed()), share.time());
        });
    }

    /** Removes what the applier had applied and does not apply now, unless somebody else owns it. */
    private Map<String, @Nullable Object> prune(
            Map<String, @Nullable Object> merged, Map<Owner, Ownership.Share> shares, FieldSet last) throws FieldFault {
        FieldSet named = last.withNamedFields(type);
        Map<String, @Nullable Object> pruned = map(Pruning.remove(type, merged, named));
        FieldSet owned = FieldSet.EMPTY;
        for (Ownership.Share share : shares.values()) {
            owned = owned.union(share.fields());
        }
        FieldSet all = Typed.fields(type, merged).withNamedFields(type);
        FieldSet left = Typed.fields(type, pruned).withNamedFields(type);
        pruned = map(Pruning.remove(type, merged, all.difference(left.union(owned.withNamedFields(type)))));
        left = Typed.fields(type, pruned).withNamedFields(type);
        return map(Pruning.remove(type, merged, all.difference(left).intersection(named)));
    }

    private static Map<String, @Nullable Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? Tree.cast(map) : new LinkedHashMap<>();
    }

    private Map<String, @Nullable Object> empty(Map<String, @Nullable Object> like) {
        Map<String, @Nullable Object> empty = custom ? new LinkedHashMap<>() : Defaults.emptyObject(type);
        empty.put("apiVersion", like.get("apiVersion"));
        empty.put("kind", like.get("kind"));
        return empty;
    }
}
