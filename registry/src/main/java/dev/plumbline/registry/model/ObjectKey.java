package dev.plumbline.registry.model;

import org.jspecify.annotations.Nullable;

/**
 * Identity of a Kubernetes object across versions of its API.
 *
 * @param group API group, empty for the core group
 * @param kind kind, such as {@code WorkflowTemplate}
 * @param namespace namespace, empty for cluster-scoped objects and for objects rendered without one
 * @param name name
 */
public record ObjectKey(String group, String kind, String namespace, String name) implements Comparable<ObjectKey> {

    /** The API group of an {@code apiVersion} such as {@code argoproj.io/v1alpha1}; empty for {@code v1}. */
    public static String groupOf(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    /** Reads what {@link #toString()} wrote. */
    public static ObjectKey parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not an object key: " + text + "; expected Kind.group/namespace/name");
        }
        int dot = parts[0].indexOf('.');
        String kind = dot < 0 ? parts[0] : parts[0].substring(0, dot);
        String group = dot < 0 ? "" : parts[0].substring(dot + 1);
        return new ObjectKey(group, kind, parts[1], parts[2]);
    }

    /** The same object under another name. */
    public ObjectKey withName(String other) {
        return new ObjectKey(group, kind, namespace, other);
    }

    /** {@code Kind/name}, for people. */
    public String display() {
        return kind + "/" + name;
    }

    // Written out, because tens of thousands of keys are looked up at each commit, and what a record does by itself is
    // slow where
    // nothing but the first compiler is at work (controller decision 16).
    @Override
    public int hashCode() {
        return 31 * (31 * (31 * name.hashCode() + namespace.hashCode()) + kind.hashCode()) + group.hashCode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ObjectKey key
                        && name.equals(key.name)
                        && namespace.equals(key.namespace)
                        && kind.equals(key.kind)
                        && group.equals(key.group));
    }

    @Override
    public int compareTo(ObjectKey other) {
        if (!group.equals(other.group)) {
            return group.compareTo(other.group);
        }
        if (!kind.equals(other.kind)) {
            return kind.compareTo(other.kind);
        }
        return namespace.equals(other.namespace) ? name.compareTo(other.name) : namespace.compareTo(other.namespace);
    }

    /** {@code Kind.group/namespace/name}; the namespace may be empty. */
    @Override
    public String toString() {
        return kind + (group.isEmpty() ? "" : "." + group) + "/" + namespace + "/" + name;
    }
}
