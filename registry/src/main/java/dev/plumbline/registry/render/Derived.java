package dev.plumbline.registry.render;

import dev.plumbline.registry.manifest.Manifest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What follows from a shared object alone, kept with it. Two threads that ask at once make equal values. */
final class Derived {

    private final Resource resource;
    private @Nullable Resource withHash;
    private @Nullable Resource withoutNotes;
    private @Nullable Output output;
    private @Nullable Boolean local;
    private @Nullable Boolean named;
    private @Nullable List<ArgoWalk.Place> argoNames;
    private @Nullable Renamed renamed;
    private @Nullable String orderKind;
    private @Nullable String orderName;

    /**
     * The object as it was last asked for with other names.
     *
     * @param names what Argo's names became, by position
     */
    private record Renamed(Map<Integer, String> names, Resource result) {}

    /** What is written, and what of it cannot be. */
    private record Output(Manifest manifest, @Nullable Unwritable unwritable) {}

    Derived(Resource resource) {
        this.resource = resource;
    }

    /** The object with the hash of its content at the end of its name. */
    Resource withHash() {
        Resource known = withHash;
        if (known == null) {
            Resource copy = resource.changeable();
            ContentHash.apply(copy);
            known = copy.shared();
            withHash = known;
        }
        return known;
    }

    /** The object without kustomize's notes. */
    Resource withoutNotes() {
        Resource known = withoutNotes;
        if (known == null) {
            Resource copy = resource.changeable();
            BuildMetadata.none().finish(List.of(copy), new Problems());
            known = copy.shared();
            withoutNotes = known;
        }
        return known;
    }

    /** Whether kustomize's readers are told to keep the object to themselves. */
    boolean isLocal() {
        Boolean known = local;
        if (known == null) {
            known = resource.isLocal();
            local = known;
        }
        return known;
    }

    /** Whether nothing is wrong with its names. */
    boolean isNamed() {
        Boolean known = named;
        if (known == null) {
            Problems problems = new Problems();
            Finish.checkNames(resource, problems);
            known = !problems.anyError();
            named = known;
        }
        return known;
    }

    /** By what kustomize orders objects of the same rank, first: group, version and kind. */
    String orderKind() {
        String known = orderKind;
        if (known == null) {
            Gvk gvk = resource.gvk();
            known = or(gvk.group(), "~G") + "_" + or(gvk.version(), "~V") + "_" + or(gvk.kind(), "~K");
            orderKind = known;
        }
        return known;
    }

    /** By what kustomize orders objects of the same kind: namespace and name. */
    String orderName() {
        String known = orderName;
        if (known == null) {
            known = or(resource.namespace(), "~X") + "|" + or(resource.name(), "~N");
            orderName = known;
        }
        return known;
    }

    private static String or(String text, String other) {
        return text.isEmpty() ? other : text;
    }

    /** Where Argo names other objects in it. */
    List<ArgoWalk.Place> argoNames() {
        List<ArgoWalk.Place> known = argoNames;
        if (known == null) {
            known = List.copyOf(ArgoWalk.of(resource.node()).names());
            argoNames = known;
        }
        return known;
    }

    /**
     * The object with other texts where Argo names other objects in it.
     *
     * @param names the new texts, by position in {@link #argoNames}
     */
    Resource renamed(Map<Integer, String> names) {
        Renamed known = renamed;
        if (known == null || !known.names().equals(names)) {
            Resource copy = resource.changeable();
            List<ArgoWalk.Place> places = ArgoWalk.of(copy.node()).names();
            names.forEach((position, name) -> {
                ArgoWalk.Place place = places.get(position);
                place.set(name, place.value().location());
            });
            known = new Renamed(Map.copyOf(names), copy.shared());
            renamed = known;
        }
        return known.result();
    }

    /** What is written for it. */
    Manifest manifest() {
        return output().manifest();
    }

    /** What kustomize cannot write of it; null where it can write all. */
    @Nullable
    Unwritable unwritable() {
        return output().unwritable();
    }

    private Output output() {
        Output known = output;
        if (known == null) {
            Manifest manifest = Manifest.of(OutputForm.of(resource.node()), resource.origin());
            known = new Output(manifest, Unwritable.in(resource.node()));
            output = known;
        }
        return known;
    }
}
