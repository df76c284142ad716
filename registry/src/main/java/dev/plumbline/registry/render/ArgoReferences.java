package dev.plumbline.registry.render;

import dev.plumbline.registry.argo.Tags;
import dev.plumbline.registry.model.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** References in Argo's objects to objects that were renamed, where no name reference of kustomize's follows. */
final class ArgoReferences {

    private final NameReferences names;
    private final ArgoAwareness argo;
    private final Map<Gvk, Stale> stale = new LinkedHashMap<>();

    /** References to one kind that were left behind. */
    private record Stale(Set<FieldSpec> fields, List<String> texts, Location first) {}

    ArgoReferences(NameReferences names, ArgoAwareness argo) {
        this.names = names;
        this.argo = argo;
    }

    /** Renames them, or warns of them. To be called when everything else is done. */
    void fix(Resources resources) {
        Map<String, List<Resource>> current = new LinkedHashMap<>();
        for (Resource resource : resources.list()) {
            for (ArgoWalk.Place place : ArgoWalk.of(resource.node()).names()) {
                if (names.wrote(place.value()) || Tags.present(place.value().text())) {
                    continue;
                }
                if (current.isEmpty()) {
                    resources.list().forEach(other -> current.computeIfAbsent(other.name(), _ -> new ArrayList<>())
                            .add(other));
                }
                Resource meant = meant(place, resource, current);
                if (meant != null && !meant.name().equals(place.value().text())) {
                    follow(place, resource, meant);
                }
            }
        }
        stale.forEach(this::warn);
    }

    /** The one object that is meant; null where none is, or it cannot be told which. */
    private @Nullable Resource meant(
            ArgoWalk.Place place, Resource referrer, Map<String, List<Resource>> current) {
        String name = place.value().text();
        Gvk target = ArgoKindFacts.get().target(place.kind());
        Set<Resource> candidates = new LinkedHashSet<>(names.previouslyNamed(name));
        candidates.addAll(current.getOrDefault(name, List.of()));
        candidates.removeIf(candidate -> !NameReferences.wasOf(candidate, target)
                && !candidate.gvk().selectedBy(target));
        candidates.removeIf(candidate -> !reaches(referrer, candidate, target));
        for (boolean emptyMatches : new boolean[] {true, false}) {
            if (candidates.size() > 1) {
                candidates.removeIf(candidate -> !NameReferences.sameAffixes(candidate, referrer, emptyMatches));
            }
        }
        return candidates.size() == 1 ? candidates.iterator().next() : null;
    }

    /** Cluster-scoped templates are meant from everywhere; what they name is looked for where they run. */
    private static boolean reaches(Resource referrer, Resource candidate, Gvk target) {
        return target.kind().equals(ArgoKindFacts.CLUSTER_WORKFLOW_TEMPLATE)
                || referrer.kind().equals(ArgoKindFacts.CLUSTER_WORKFLOW_TEMPLATE)
                || candidate.id().clusterScoped()
                || candidate.id().namespace().equals(referrer.id().namespace());
    }

    private void follow(ArgoWalk.Place place, Resource referrer, Resource meant) {
        String old = place.value().text();
        if (argo.on()) {
            argo.difference(
                    place.value().location(),
                    place.path() + " of " + referrer.id() + " became " + meant.name() + " with the " + meant.kind()
                            + " that was " + old + "; plain kustomize leaves the old name");
            place.set(meant.name(), place.value().location());
            return;
        }
        Gvk kind = ArgoKindFacts.get().target(place.kind());
        Stale known = stale.computeIfAbsent(
                kind, _ -> new Stale(new LinkedHashSet<>(), new ArrayList<>(), place.value().location()));
        known.fields().add(FieldSpec.of(new Gvk("", "", referrer.kind()), place.path(), false));
        known.texts().add(referrer.id() + " names " + old + ", which is " + meant.name() + " now ("
                + place.value().location() + ")");
    }

    private void warn(Gvk target, Stale known) {
        argo.damage(
                "render-argo-names",
                known.first(),
                "a " + target.kind() + " was renamed, but not where Argo's objects name it: "
                        + ArgoFix.some(known.texts()),
                "list a file under configurations: that holds " + ArgoFix.references(target, known.fields()) + ", or "
                        + ArgoAwareness.OPTION);
    }
}
