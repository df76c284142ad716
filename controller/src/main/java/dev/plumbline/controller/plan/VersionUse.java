package dev.plumbline.controller.plan;

import dev.plumbline.registry.argo.Reference;
import dev.plumbline.registry.argo.References;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which owned objects, no longer wanted, must stay because a template version that somebody still names needs them (design
 * section 6). A finished Workflow counts: {@code argo retry} reads its template again.
 *
 * @param kept what must stay, with the reason in words
 * @param collectable what may go as collection of old versions: versions that nobody names, and what only they named
 */
public record VersionUse(Map<ObjectKey, String> kept, Set<ObjectKey> collectable) {

    /** Keeps its own copies. */
    public VersionUse {
        kept = Map.copyOf(kept);
        collectable = Set.copyOf(collectable);
    }

    /**
     * An object that may name versions.
     *
     * @param key which
     * @param names what it names in its spec, and what a Workflow has stored of the templates that it reached
     */
    public record User(ObjectKey key, Set<ObjectKey> names) {

        /** Keeps its own copy. */
        public User {
            names = Set.copyOf(names);
        }

        /** Of an object as it is. */
        public static User of(Map<String, @Nullable Object> object) {
            return new User(Manifest.keyOf(object), named(object));
        }
    }

    /**
     * Works it out.
     *
     * @param users live objects that may name versions: Workflows, CronWorkflows, bindings, templates that stay
     * @param unwanted live owned objects that the Release no longer holds
     * @param version tells a template version from other objects
     */
    public static VersionUse of(
            Collection<User> users,
            Map<ObjectKey, Map<String, @Nullable Object>> unwanted,
            Predicate<Map<String, @Nullable Object>> version) {
        Map<ObjectKey, String> kept = new LinkedHashMap<>();
        for (User user : users) {
            for (ObjectKey key : user.names()) {
                Map<String, @Nullable Object> content = unwanted.get(key);
                if (content != null && version.test(content)) {
                    keep(key, "named by " + user.key().display(), unwanted, kept);
                }
            }
        }
        Set<ObjectKey> collectable = new HashSet<>();
        for (Map.Entry<ObjectKey, Map<String, @Nullable Object>> entry : unwanted.entrySet()) {
            if (!kept.containsKey(entry.getKey()) && version.test(entry.getValue())) {
                collectable.add(entry.getKey());
                collectable.addAll(named(entry.getValue()));
            }
        }
        collectable.retainAll(unwanted.keySet());
        collectable.removeAll(kept.keySet());
        return new VersionUse(kept, collectable);
    }

    private static void keep(
            ObjectKey version,
            String reason,
            Map<ObjectKey, Map<String, @Nullable Object>> unwanted,
            Map<ObjectKey, String> kept) {
        Deque<ObjectKey> open = new ArrayDeque<>(Set.of(version));
        while (!open.isEmpty()) {
            ObjectKey key = open.remove();
            Map<String, @Nullable Object> content = unwanted.get(key);
            if (content != null && kept.putIfAbsent(key, reason) == null) {
                open.addAll(named(content));
            }
        }
    }

    private static Set<ObjectKey> named(Map<String, @Nullable Object> object) {
        Set<ObjectKey> keys = new HashSet<>();
        for (Reference reference : References.of(object)) {
            keys.add(reference.target());
        }
        String namespace = Tree.text(object, "metadata", "namespace");
        for (String stored : Tree.map(object, "status", "storedTemplates").keySet()) {
            String[] parts = stored.split("/", -1);
            if (parts.length == 3 && parts[0].equals("namespaced")) {
                keys.add(new ObjectKey("argoproj.io", "WorkflowTemplate", namespace, parts[1]));
            } else if (parts.length == 3 && parts[0].equals("cluster")) {
                keys.add(new ObjectKey("argoproj.io", "ClusterWorkflowTemplate", "", parts[1]));
            }
        }
        return keys;
    }
}
