package dev.plumbline.registry.policy;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What policies ask about beside the object: namespaces and parameters. A namespace that nobody wrote has only its name. */
public final class Surroundings {

    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    private final Map<ObjectKey, Manifest> objects = new LinkedHashMap<>();

    /** Of objects; the first of a key counts. */
    public Surroundings(Collection<Manifest> objects) {
        objects.forEach(object -> this.objects.putIfAbsent(object.key(), object));
    }

    /** A namespace as an API server shows it. */
    Map<String, @Nullable Object> namespace(String name) {
        Manifest written = objects.get(new ObjectKey("", "Namespace", "", name));
        Map<String, @Nullable Object> namespace = new LinkedHashMap<>();
        if (written != null) {
            namespace = Tree.copy(written.content());
        }
        Tree.set(namespace, name, "metadata", "name");
        Tree.set(namespace, name, "metadata", "labels", NAME_LABEL);
        return namespace;
    }

    /** The labels of a Namespace that is itself the object of a request. */
    static Map<String, @Nullable Object> labelsOf(Map<String, @Nullable Object> namespace) {
        Map<String, @Nullable Object> labels = Tree.copy(Tree.map(namespace, "metadata", "labels"));
        labels.put(NAME_LABEL, Tree.text(namespace, "metadata", "name"));
        return labels;
    }

    /** Content that decides what {@link #namespace} says. */
    Map<String, @Nullable Object> labels(String namespace) {
        return Tree.map(namespace(namespace), "metadata", "labels");
    }

    Optional<Map<String, @Nullable Object>> find(String apiVersion, String kind, String namespace, String name) {
        Manifest found = objects.get(new ObjectKey(ObjectKey.groupOf(apiVersion), kind, namespace, name));
        return Optional.ofNullable(found).map(Manifest::content);
    }

    List<Manifest> all(String apiVersion, String kind) {
        String group = ObjectKey.groupOf(apiVersion);
        return objects.values().stream()
                .filter(object -> object.key().group().equals(group)
                        && object.key().kind().equals(kind))
                .toList();
    }

    List<Map<String, @Nullable Object>> list(String apiVersion, String kind, String namespace) {
        return all(apiVersion, kind).stream()
                .filter(object -> object.key().namespace().equals(namespace))
                .map(Manifest::content)
                .toList();
    }
}
