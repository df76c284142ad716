package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.argo.ArgoVersion;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.validate.argo.ArgoValidation;
import dev.plumbline.registry.validate.argo.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All objects of a rendering, with what several rules ask of them worked out once. */
public final class RenderedSet {

    private final Map<ObjectKey, Manifest> byKey = new HashMap<>();
    private final Map<String, List<ObjectKey>> byKind = new HashMap<>();
    private final IdentityHashMap<Manifest, ArgoObject> views = new IdentityHashMap<>();

    private final ArgoValidation validation;
    private final IdentityHashMap<Manifest, List<Problem>> refused = new IdentityHashMap<>();

    private final IdentityHashMap<Manifest, Long> sizes = new IdentityHashMap<>();
    private final CallGraph callGraph = new CallGraph(this);
    private final Set<ObjectKey> declared;

    /** A rendering beside which nothing is declared. */
    RenderedSet(List<Manifest> objects) {
        this(objects, Set.of(), ArgoVersion.DEFAULT);
    }

    /**
     * A rendering.
     *
     * @param objects its objects
     * @param declared keys of objects that are there without being rendered
     * @param argo the version of Argo that is to run them
     */
    RenderedSet(List<Manifest> objects, Set<ObjectKey> declared, ArgoVersion argo) {
        this.declared = Set.copyOf(declared);
        this.validation = new ArgoValidation(this::find, argo);
        for (Manifest object : objects) {
            if (byKey.putIfAbsent(object.key(), object) == null) {
                byKind.computeIfAbsent(object.key().kind(), kind -> new ArrayList<>())
                        .add(object.key());
            }
            ObjectKey key = object.key();
            if (key.kind().equals(ArgoKinds.CLUSTER_WORKFLOW_TEMPLATE)) {
                // Argo asks for it by name alone, even when a namespace is written into it.
                byKey.putIfAbsent(ArgoKinds.template("", key.name(), true), object);
            }
        }
    }

    /** The first object of a key; null when the rendering has none. */
    public @Nullable Manifest find(ObjectKey key) {
        return byKey.get(key);
    }

    /** Whether an object is rendered, or declared to be there. */
    boolean has(ObjectKey key) {
        return byKey.containsKey(key) || declared.contains(key);
    }

    /** Whether objects of a kind are declared, so that the list is complete. */
    boolean declares(String kind) {
        return declared.stream().anyMatch(key -> key.kind().equals(kind));
    }

    /** Whether an object of a name is declared in any namespace. */
    boolean declares(String kind, String name) {
        return declared.stream()
                .anyMatch(key -> key.kind().equals(kind) && key.name().equals(name));
    }

    /** Keys of all objects of a kind, in rendered order. */
    public List<ObjectKey> ofKind(String kind) {
        return byKind.getOrDefault(kind, List.of());
    }

    /** About how many characters of text an object holds. */
    long size(Manifest object) {
        return sizes.computeIfAbsent(object, one -> ObjectSizeRule.size(one.content()));
    }

    /** Which template runs which. */
    CallGraph callGraph() {
        return callGraph;
    }

    /** What Argo's own validation refuses in an object. */
    List<Problem> refused(Manifest object) {
        return refused.computeIfAbsent(object, validation::of);
    }

    /** What the rules know of an object of Argo's. */
    ArgoObject argo(Manifest object) {
        return views.computeIfAbsent(object, ArgoObject::new);
    }
}
