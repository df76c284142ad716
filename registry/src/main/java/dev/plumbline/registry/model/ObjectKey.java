package dev.plumbline.registry.model;

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

    @Override
    public int compareTo(ObjectKey other) {
        int byGroup = group.compareTo(other.group);
        int byKind = byGroup == 0 ? kind.compareTo(other.kind) : byGroup;
        int byNamespace = byKind == 0 ? namespace.compareTo(other.namespace) : byKind;
        return byNamespace == 0 ? name.compareTo(other.name) : byNamespace;
    }

    /** {@code Kind.group/namespace/name}; the namespace may be empty. */
    @Override
    public String toString() {
        return kind + (group.isEmpty() ? "" : "." + group) + "/" + namespace + "/" + name;
    }
}
