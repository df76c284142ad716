package dev.plumbline.registry.render;

/**
 * What tells one object of a build from another. The namespace is the effective one: {@code default} where none is written,
 * {@link #NO_NAMESPACE} for kinds that have none.
 */
record Id(Gvk gvk, String namespace, String name) {

    /** Stands for the namespace of cluster-scoped objects. */
    static final String NO_NAMESPACE = "_non_namespaceable_";

    static final String DEFAULT = "default";

    static Id of(Gvk gvk, String writtenNamespace, String name) {
        String namespace = gvk.clusterScoped() ? NO_NAMESPACE : writtenNamespace.isEmpty() ? DEFAULT : writtenNamespace;
        return new Id(gvk, namespace, name);
    }

    boolean clusterScoped() {
        return namespace.equals(NO_NAMESPACE);
    }

    @Override
    public String toString() {
        return gvk + "/" + name + (clusterScoped() ? "" : " in namespace " + namespace);
    }
}
