package dev.plumbline.registry.render;

import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlScalar;

/**
 * Group, version and kind; as a selector, empty parts match anything.
 *
 * @param group API group, empty for the core group
 * @param version API version
 * @param kind kind
 */
record Gvk(String group, String version, String kind) {

    static Gvk of(YamlMap object) {
        String apiVersion = text(object, "apiVersion");
        int slash = apiVersion.indexOf('/');
        return new Gvk(
                slash < 0 ? "" : apiVersion.substring(0, slash), apiVersion.substring(slash + 1), text(object, "kind"));
    }

    private static String text(YamlMap object, String field) {
        return object.child(field) instanceof YamlScalar scalar ? scalar.text() : "";
    }

    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    boolean selectedBy(Gvk selector) {
        return (selector.group.isEmpty() || selector.group.equals(group))
                && (selector.version.isEmpty() || selector.version.equals(version))
                && (selector.kind.isEmpty() || selector.kind.equals(kind));
    }

    boolean clusterScoped() {
        return OpenApi.current().clusterScoped(this);
    }

    @Override
    public String toString() {
        return kind + (group.isEmpty() ? "" : "." + group);
    }
}
