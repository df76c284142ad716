package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.Reference;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.manifest.Origin;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says which kustomization left a reference dangling: the first at which the named object is there, but no longer as named. */
final class Introduction {

    private final Manifest referrer;
    private final ObjectKey target;

    private Introduction(Manifest referrer, ObjectKey target) {
        this.referrer = referrer;
        this.target = target;
    }

    /** In words, led by a colon and ended by nothing; empty for objects that no kustomization made. */
    static String of(Manifest referrer, Reference reference, RenderedSet set) {
        if (referrer.origin().kustomizations().isEmpty()) {
            return "";
        }
        Introduction introduction = new Introduction(referrer, reference.target());
        Manifest meant = introduction.meant(set);
        return ": "
                + (meant == null
                        ? introduction.written(referrer.locate(reference.path().toArray(String[]::new)))
                        : introduction.changed(meant));
    }

    /** The object that once had the name; of several, the one that most kustomizations had in common with the referrer. */
    private @Nullable Manifest meant(RenderedSet set) {
        Manifest best = null;
        int most = -1;
        for (ObjectKey key : set.ofKind(target.kind())) {
            Manifest candidate = set.find(key);
            if (candidate != null && wasNamed(candidate)) {
                int shared = shared(candidate).size();
                if (shared > most) {
                    most = shared;
                    best = candidate;
                }
            }
        }
        return best;
    }

    private boolean wasNamed(Manifest candidate) {
        return candidate.key().name().equals(target.name())
                || candidate.origin().stages().stream()
                        .anyMatch(stage -> stage.name().equals(target.name()));
    }

    /** What the object was called at each kustomization that both went through. */
    private List<Origin.Stage> shared(Manifest candidate) {
        Map<String, Origin.Stage> own = new HashMap<>();
        referrer.origin().stages().forEach(stage -> own.put(stage.file(), stage));
        List<Origin.Stage> shared = new ArrayList<>();
        for (Origin.Stage stage : candidate.origin().stages()) {
            if (referrer.origin().kustomizations().contains(stage.file()) && own.containsKey(stage.file())) {
                shared.add(stage);
            }
        }
        return shared;
    }

    private String changed(Manifest meant) {
        for (Origin.Stage stage : shared(meant)) {
            if (!stage.name().equals(target.name())) {
                return stage.file() + " introduced that, where it became " + stage.name();
            }
            String namespace = namespaceAt(stage.file());
            if (namespace != null && !normal(stage.namespace()).equals(namespace)) {
                return stage.file() + " introduced that, where it has namespace " + normal(stage.namespace())
                        + " and this object " + namespace;
            }
        }
        return meant.origin().contentNamed()
                ? "its generator at " + meant.origin().resource() + " introduced that, by the hash in its name"
                : "it became " + meant.key().display() + " in another kustomization than this object went through";
    }

    private @Nullable String namespaceAt(String file) {
        for (Origin.Stage stage : referrer.origin().stages()) {
            if (stage.file().equals(file)) {
                return normal(stage.namespace());
            }
        }
        return null;
    }

    private static String normal(String namespace) {
        return namespace.isEmpty() ? "default" : namespace;
    }

    /** Where nothing ever had the name, what brought the reference. */
    private String written(Location place) {
        List<String> kustomizations = referrer.origin().kustomizations();
        String bringer = kustomizations.getFirst();
        boolean patched = !place.file().equals(referrer.origin().resource().file());
        if (patched) {
            for (String kustomization : kustomizations) {
                String folder = kustomization.substring(0, kustomization.lastIndexOf('/') + 1);
                if (place.file().startsWith(folder) && folder.length() >= bringer.lastIndexOf('/') + 1) {
                    bringer = kustomization;
                }
            }
        }
        return bringer + " introduced that, with " + (patched ? "the patch " : "") + place;
    }
}
