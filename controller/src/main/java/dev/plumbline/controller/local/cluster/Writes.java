package dev.plumbline.controller.local.cluster;

import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.local.fields.Defaults;
import dev.plumbline.controller.local.fields.FieldManagement;
import dev.plumbline.controller.local.fields.FieldType;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What each way of writing does to the objects, without locks and disks. */
final class Writes {

    /** How often a made-up name is made up again when it is taken. */
    private static final int NAME_ATTEMPTS = 8;

    private final ObjectTable table;
    private final InstantSource clock;
    private final Names names = new Names();

    Writes(ObjectTable table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
    }

    /** The time as Kubernetes writes it. */
    String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    Map<String, @Nullable Object> create(Transaction transaction, Map<String, @Nullable Object> content, String manager)
            throws ClusterException {
        KindFacts facts = ObjectRules.kind(content);
        Map<String, @Nullable Object> object = ObjectRules.copy(content);
        ObjectKey key = named(facts, object);
        if (transaction.get(key) != null) {
            throw new ClusterException(
                    ClusterException.Reason.ALREADY_EXISTS, key, "creating " + key + " failed, because it exists");
        }
        if (!Tree.text(object, "metadata", "resourceVersion").isEmpty()) {
            throw ObjectRules.invalid(key, "a new object has no metadata.resourceVersion; remove it");
        }
        List.of("managedFields", "selfLink").forEach(Tree.map(object, "metadata")::remove);
        complete(facts, object);
        Map<String, @Nullable Object> owned = Owners.update(facts, key, null, object, manager, now());
        return transaction.put(key, born(facts, key, owned));
    }

    /** Fills in what the cluster fills in. */
    private static void complete(KindFacts facts, Map<String, @Nullable Object> object) {
        Defaults.dropNulls(facts.type(), object);
        if (facts.custom()) {
            Defaults.fill(facts.type(), object);
            FieldType metadata = facts.type().field("metadata");
            if (metadata != null) {
                Defaults.dropEmpty(metadata, object.get("metadata"));
            }
        } else {
            Defaults.dropEmpty(facts.type(), object);
            Defaults.fillStructs(facts.type(), object);
            KindDefaults.fill(facts, object);
        }
    }

    Map<String, @Nullable Object> apply(
            Transaction transaction,
            Map<String, @Nullable Object> applied,
            String manager,
            boolean force,
            boolean dryRun)
            throws ClusterException {
        KindFacts facts = ObjectRules.kind(applied);
        Map<String, @Nullable Object> content = ObjectRules.copy(applied);
        ObjectKey key = ObjectRules.key(facts, content, Tree.text(content, "metadata", "name"));
        if (Tree.at(content, "metadata", "managedFields") != null) {
            throw ObjectRules.invalid(key, "applied content has no metadata.managedFields; remove it");
        }
        Map<String, @Nullable Object> live = table.get(key);
        if (live != null) {
            precondition(key, live, Tree.string(content, "metadata", "uid"), "uid");
            precondition(key, live, Tree.string(content, "metadata", "resourceVersion"), "resourceVersion");
        }
        FieldManagement.Managed made = Owners.apply(facts, key, live, content, manager, force, now());
        Map<String, @Nullable Object> next = ObjectRules.copy(made.object());
        complete(facts, next);
        Owners.write(next, made.owners());
        Map<String, @Nullable Object> result = live == null
                ? keep(transaction, key, born(facts, key, next))
                : update(transaction, facts, key, live, next);
        return dryRun ? untouched(live, result) : result;
    }

    private static Map<String, @Nullable Object> keep(
            Transaction transaction, ObjectKey key, Map<String, @Nullable Object> object) {
        return transaction.put(key, object);
    }

    /** The answer of a dry run: it names no resourceVersion that was never made. */
    private static Map<String, @Nullable Object> untouched(
            @Nullable Map<String, @Nullable Object> live, Map<String, @Nullable Object> result) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>(result);
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>(Tree.map(result, "metadata"));
        metadata.remove("resourceVersion");
        if (live != null) {
            metadata.put("resourceVersion", Tree.text(live, "metadata", "resourceVersion"));
        }
        answer.put("metadata", metadata);
        return Tree.freeze(ObjectRules.copy(answer));
    }

    private ObjectKey named(KindFacts facts, Map<String, @Nullable Object> object) throws ClusterException {
        String name = Tree.text(object, "metadata", "name");
        String base = Tree.text(object, "metadata", "generateName");
        if (!name.isEmpty() || base.isEmpty()) {
            return ObjectRules.key(facts, object, name);
        }
        ObjectKey key = ObjectRules.key(facts, object, names.generate(base));
        for (int i = 1; i < NAME_ATTEMPTS && table.get(key) != null; i++) {
            key = key.withName(names.generate(base));
        }
        Tree.set(object, key.name(), "metadata", "name");
        return key;
    }

    /** Makes content a new object. */
    private Map<String, @Nullable Object> born(KindFacts facts, ObjectKey key, Map<String, @Nullable Object> object)
            throws ClusterException {
        ObjectRules.check(key, object);
        placeExists(key);
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>(Tree.map(object, "metadata"));
        List.of("deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "generation", "resourceVersion")
                .forEach(metadata::remove);
        metadata.put("uid", UUID.randomUUID().toString());
        metadata.put("creationTimestamp", now());
        if (facts.generation()) {
            metadata.put("generation", 1L);
        }
        object.put("metadata", metadata);
        if (facts.status()) {
            object.put("status", KindDefaults.status(facts));
            Defaults.fillStructs(facts.type(), object);
        }
        KindDefaults.prepare(facts, object);
        PodRules.check(facts, key, object);
        return object;
    }

    private void placeExists(ObjectKey key) throws ClusterException {
        if (key.namespace().isEmpty()) {
            return;
        }
        Map<String, @Nullable Object> namespace = table.get(new ObjectKey("", "Namespace", "", key.namespace()));
        if (namespace == null) {
            throw new ClusterException(
                    ClusterException.Reason.NOT_FOUND,
                    key,
                    "creating " + key + " failed, because there is no namespace " + key.namespace()
                            + "; create it first");
        }
        if (Tree.at(namespace, "metadata", "deletionTimestamp") != null) {
            throw new ClusterException(
                    ClusterException.Reason.FORBIDDEN,
                    key,
                    "creating " + key + " failed, because its namespace is being deleted; wait and create it again");
        }
    }

    Map<String, @Nullable Object> mergePatch(
            Transaction transaction, ObjectKey key, Map<String, @Nullable Object> patch, String manager)
            throws ClusterException {
        KindFacts facts = KindFacts.of(key.group(), key.kind(), key);
        Map<String, @Nullable Object> live = existing(key, "patching");
        Map<String, @Nullable Object> clean = ObjectRules.copy(patch);
        if (Tree.map(clean, "metadata").containsKey("managedFields")) {
            throw new ClusterException(
                    ClusterException.Reason.UNSUPPORTED,
                    key,
                    "patching " + key + " failed, because the embedded cluster does not let metadata.managedFields"
                            + " be written; remove it from the patch");
        }
        precondition(key, live, Tree.string(clean, "metadata", "uid"), "uid");
        precondition(key, live, Tree.string(clean, "metadata", "resourceVersion"), "resourceVersion");
        Map<String, @Nullable Object> next = ObjectRules.copy(MergePatch.apply(live, clean));
        complete(facts, next);
        next = Owners.update(facts, key, live, next, manager, now());
        return update(transaction, facts, key, live, next);
    }

    /** Replaces the status of a kind whose status is written apart; who wrote it is not remembered. */
    Map<String, @Nullable Object> status(
            Transaction transaction, ObjectKey key, String uid, Map<String, @Nullable Object> status)
            throws ClusterException {
        Map<String, @Nullable Object> live = existing(key, "writing the status of");
        precondition(key, live, uid, "uid");
        Map<String, @Nullable Object> next = ObjectRules.copy(live);
        next.put("status", ObjectRules.copy(status));
        ObjectRules.check(key, next);
        return next.equals(live) ? live : transaction.put(key, next);
    }

    private Map<String, @Nullable Object> update(
            Transaction transaction,
            KindFacts facts,
            ObjectKey key,
            Map<String, @Nullable Object> live,
            Map<String, @Nullable Object> next)
            throws ClusterException {
        ObjectRules.keepIdentity(key, live, next);
        ObjectRules.keepServerFields(facts, live, next);
        KindDefaults.prepare(facts, next);
        PodRules.check(facts, key, next);
        ObjectRules.check(key, next);
        if (Owners.sameButTimes(next, live)) {
            return live;
        }
        ObjectRules.countGeneration(facts, live, next);
        if (Tree.at(next, "metadata", "deletionTimestamp") != null
                && Tree.list(next, "metadata", "finalizers").isEmpty()) {
            new Removal(table, transaction, now()).finish(key, next);
            return transaction.changes().getFirst().after();
        }
        return transaction.put(key, next);
    }

    void delete(Transaction transaction, ObjectKey key, DeleteOptions options) throws ClusterException {
        KindFacts.of(key.group(), key.kind(), key);
        Map<String, @Nullable Object> live = existing(key, "deleting");
        precondition(key, live, options.uid(), "uid");
        precondition(key, live, options.resourceVersion(), "resourceVersion");
        new Removal(table, transaction, now()).delete(key, live, options.orphan());
    }

    private Map<String, @Nullable Object> existing(ObjectKey key, String doing) throws ClusterException {
        Map<String, @Nullable Object> live = table.get(key);
        if (live == null) {
            throw new ClusterException(
                    ClusterException.Reason.NOT_FOUND,
                    key,
                    doing + " " + key + " failed, because there is no such object");
        }
        return live;
    }

    private static void precondition(
            ObjectKey key, Map<String, @Nullable Object> live, @Nullable String expected, String field)
            throws ClusterException {
        String actual = Tree.text(live, "metadata", field);
        if (expected != null && !Objects.equals(expected, actual)) {
            throw new ClusterException(
                    ClusterException.Reason.CONFLICT,
                    key,
                    "changing " + key + " failed, because its " + field + " is " + actual + " and not " + expected
                            + "; read it again");
        }
    }
}
