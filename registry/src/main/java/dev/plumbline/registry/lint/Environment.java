package dev.plumbline.registry.lint;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.argo.Reference;
import dev.plumbline.registry.argo.References;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.schema.KindSchema;
import dev.plumbline.registry.schema.Schemas;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A namespace of a rendered overlay in which loose objects, such as examples, may be started.
 *
 * @param overlay the overlay; empty where there is none
 * @param namespace the namespace that objects without one get; empty where they get none
 * @param rendered what is there
 * @param keys keys of what is there
 */
record Environment(String overlay, String namespace, List<Manifest> rendered, Set<ObjectKey> keys) {

    /** The environments of an overlay: one for each namespace in which it has objects of Argo's. */
    static List<Environment> of(String overlay, List<Manifest> rendered) {
        Set<ObjectKey> keys = new HashSet<>();
        rendered.forEach(object -> keys.add(object.key()));
        return namespaces(rendered).stream()
                .map(namespace -> new Environment(overlay, namespace, rendered, keys))
                .toList();
    }

    /** The environments of loose objects alone: one for each namespace that any of them has, and one for those without. */
    static List<Environment> ofLoose(List<Manifest> loose) {
        return namespaces(loose).stream()
                .map(namespace -> new Environment("", namespace, List.of(), Set.of()))
                .toList();
    }

    private static Set<String> namespaces(List<Manifest> objects) {
        Set<String> namespaces = new TreeSet<>();
        for (Manifest object : objects) {
            if (object.key().group().equals(ArgoKinds.GROUP) && isNamespaced(object)) {
                namespaces.add(object.key().namespace());
            }
        }
        return namespaces.isEmpty() ? Set.of("") : namespaces;
    }

    /** An object as it is here, in the namespace if it has none of its own. */
    Manifest place(Manifest object) {
        if (namespace.isEmpty() || !object.key().namespace().isEmpty() || !isNamespaced(object)) {
            return object;
        }
        Map<String, @Nullable Object> content = Tree.copy(object.content());
        Tree.set(content, namespace, "metadata", "namespace");
        return object.withContent(content);
    }

    /**
     * How many of the templates that an object names are here.
     *
     * @param wanted its references to templates
     * @param loose keys of the other loose objects, as they are written
     */
    int found(Manifest object, List<Reference> wanted, Set<ObjectKey> loose) {
        String own =
                object.key().namespace().isEmpty() ? namespace : object.key().namespace();
        int found = 0;
        for (Reference reference : wanted) {
            ObjectKey target = reference.target();
            boolean cluster = target.kind().equals(ArgoKinds.CLUSTER_WORKFLOW_TEMPLATE);
            ObjectKey here = cluster ? target : new ObjectKey(target.group(), target.kind(), own, target.name());
            ObjectKey unplaced = new ObjectKey(target.group(), target.kind(), "", target.name());
            boolean sibling = loose.contains(here) || (own.equals(namespace) && loose.contains(unplaced));
            found += keys.contains(here) || sibling ? 1 : 0;
        }
        return found;
    }

    /** The references of an object to templates of other objects, as far as they are known before it runs. */
    static List<Reference> templates(Manifest object) {
        List<Reference> templates = new ArrayList<>();
        for (Reference reference : References.of(object.content())) {
            if (reference.target().group().equals(ArgoKinds.GROUP) && !reference.dynamic()) {
                templates.add(reference);
            }
        }
        return templates;
    }

    private static boolean isNamespaced(Manifest object) {
        return Schemas.find(
                        Tree.text(object.content(), "apiVersion"), object.key().kind())
                .map(KindSchema::namespaced)
                .orElse(true);
    }
}
