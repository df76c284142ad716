package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;

/**
 * An entry of {@code vars}: a name that stands for the value of a field.
 *
 * @param name what stands in {@code $(…)}
 * @param target the object that holds the value; its parts must all be equal
 * @param namespace the object's namespace as written; empty for any, and never right for a kind that has none
 * @param objectName the object's name, a present or a former one
 * @param path the field
 * @param place where the entry stands
 */
record Var(String name, Gvk target, String namespace, String objectName, ReplacementPath path, Location place) {

    boolean isOf(Resource resource) {
        return resource.ids().stream()
                .anyMatch(id -> id.gvk().equals(target)
                        && id.name().equals(objectName)
                        && (namespace.isEmpty() || id.namespace().equals(namespace)));
    }

    @Override
    public String toString() {
        return name + " (" + target.apiVersion() + " " + target.kind() + "/" + objectName
                + (namespace.isEmpty() ? "" : " in namespace " + namespace) + ")";
    }
}
