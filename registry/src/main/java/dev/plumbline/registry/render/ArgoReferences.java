package dev.plumbline.registry.render;

import dev.plumbline.registry.argo.Tags;
import dev.plumbline.registry.model.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** References in Argo's objects to objects that were renamed, where no name reference of kustomize's follows. */
final class ArgoReferences {

    private final FixedNames names;
    private final ArgoAwareness argo;
    private final Map<Gvk, List<Stale>> stale = new LinkedHashMap<>();

    /** All objects by their present name, gathered when they are first needed. */
    private final Map<String, List<Resource>> current = new HashMap<>();

    /** Kinds that one name at one field means, told apart by clusterScope only. */
    private final Map<Mention, Set<String>> kinds = new HashMap<>();

    /** A reference that was left behind. */
    private record Stale(Mention mention, Location place, String text) {}

    private record Mention(FieldSpec field, String name) {}

    ArgoReferences(FixedNames names, ArgoAwareness argo) {
        this.names = names;
        this.argo = argo;
    }

    /** Renames them in shared objects, or warns of them. To be called when everything else is done. */
    void fix(Resources resources) {
        List<Resource> results = new ArrayList<>(resources.list().size());
        for (Resource resource : resources.list()) {
            Map<Integer, String> renamed = follow(resource, resources);
            results.add(renamed.isEmpty() ? resource : resource.derived().renamed(renamed));
        }
        if (!stale.isEmpty()) {
            findKinds(resources);
            stale.forEach(this::warn);
        }
        resources.list().clear();
        resources.list().addAll(results);
    }

    /** What is to be written where the object names others, by position. */
    private Map<Integer, String> follow(Resource resource, Resources resources) {
        Map<Integer, String> renamed = new HashMap<>();
        List<ArgoWalk.Place> places = resource.derived().argoNames();
        for (int i = 0; i < places.size(); i++) {
            ArgoWalk.Place place = places.get(i);
            String name = place.value().text();
            checkRemoved(place, resource, resources);
            if (names.previouslyNamed(name).isEmpty() || names.wrote(place.value()) || Tags.present(name)) {
                continue;
            }
            Resource meant = meant(place, resource, resources);
            if (meant != null && !meant.name().equals(name)) {
                left(place, resource, meant);
                if (argo.on()) {
                    renamed.put(i, meant.name());
                }
            }
        }
        return renamed;
    }

    /** The name of an object that a patch removed, unless there is another of that name. */
    private void checkRemoved(ArgoWalk.Place place, Resource referrer, Resources resources) {
        for (ArgoAwareness.Removed gone : argo.removed(place.value().text())) {
            Gvk target = ArgoKindFacts.get().target(place.kind());
            boolean meant = gone.ids().stream()
                    .anyMatch(id -> id.name().equals(place.value().text())
                            && id.gvk().selectedBy(target)
                            && (id.namespace().equals(referrer.id().namespace()) || id.clusterScoped()));
            boolean another = resources.list().stream()
                    .anyMatch(other ->
                            other.ids().stream().anyMatch(id -> gone.ids().contains(id)));
            if (meant && !another) {
                argo.damage(
                        "render-argo-removed",
                        gone.by(),
                        "the patch removes " + target.kind() + "/"
                                + place.value().text() + ", which " + ArgoFix.title(referrer) + " still names ("
                                + place.value().location() + ")",
                        "remove the reference too, or keep the object");
            }
        }
    }

    private void findKinds(Resources resources) {
        for (Resource resource : resources.list()) {
            for (ArgoWalk.Place place : resource.derived().argoNames()) {
                kinds.computeIfAbsent(mention(place, resource), _ -> new HashSet<>())
                        .add(place.kind());
            }
        }
    }

    /** The one object that is meant; null where none is, or it cannot be told which. */
    private @Nullable Resource meant(ArgoWalk.Place place, Resource referrer, Resources resources) {
        if (current.isEmpty()) {
            for (Resource other : resources.list()) {
                current.computeIfAbsent(other.name(), _ -> new ArrayList<>()).add(other);
            }
        }
        String name = place.value().text();
        Gvk target = ArgoKindFacts.get().target(place.kind());
        Set<Resource> candidates = new LinkedHashSet<>(names.previouslyNamed(name));
        candidates.addAll(current.getOrDefault(name, List.of()));
        candidates.removeIf(candidate ->
                !NameReferences.wasOf(candidate, target) && !candidate.gvk().selectedBy(target));
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

    /** Tells of a name that kustomize leaves behind. */
    private void left(ArgoWalk.Place place, Resource referrer, Resource meant) {
        String old = place.value().text();
        if (argo.on()) {
            argo.difference(
                    place.value().location(),
                    place.path() + " of " + ArgoFix.title(referrer) + " became " + meant.name() + " with the "
                            + meant.kind() + " that was " + old + "; plain kustomize leaves the old name");
            return;
        }
        String text = ArgoFix.title(referrer) + " names " + old + ", which is " + meant.name() + " now ("
                + place.value().location() + ")";
        stale.computeIfAbsent(ArgoKindFacts.get().target(place.kind()), _ -> new ArrayList<>())
                .add(new Stale(mention(place, referrer), place.value().location(), text));
    }

    private static Mention mention(ArgoWalk.Place place, Resource referrer) {
        FieldSpec field = FieldSpec.of(new Gvk("", "", referrer.kind()), place.path(), false);
        return new Mention(field, place.value().text());
    }

    private void warn(Gvk target, List<Stale> left) {
        Set<FieldSpec> fields = new LinkedHashSet<>();
        boolean mixed = false;
        for (Stale one : left) {
            fields.add(one.mention().field());
            mixed |= kinds.getOrDefault(one.mention(), Set.of()).size() > 1;
        }
        String configuration = mixed
                ? "a nameReference of kustomize's cannot tell clusterScope apart: give the templates different names"
                : "list a file under configurations: that holds " + ArgoFix.references(target, fields);
        argo.damage(
                "render-argo-names",
                left.getFirst().place(),
                "a " + target.kind() + " was renamed, but not where Argo's objects name it: "
                        + ArgoFix.some(left.stream().map(Stale::text).toList()),
                configuration + ", or " + ArgoAwareness.OPTION);
    }
}
