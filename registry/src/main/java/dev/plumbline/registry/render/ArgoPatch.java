package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One strategic-merge patch on one object of Argo's. With Argo awareness it merges the keyed lists itself before kustomize's
 * merge, which then finds only the rest; without, it remembers them and afterwards says what got lost.
 */
final class ArgoPatch {

    private final ArgoAwareness argo;
    private final String title;
    private final List<Watch> watches = new ArrayList<>();
    private final List<Difference> differences = new ArrayList<>();

    /** Way from the object, embedded or not, to the list at hand. */
    private List<ArgoSchema.Step> way = new ArrayList<>();

    private Gvk kind;

    private record Difference(Location place, String message) {}

    private record Watch(
            YamlMap parent,
            String name,
            List<YamlNode> old,
            ArgoKindFacts.Field field,
            Set<String> intended,
            Location place,
            String path,
            String fix) {}

    private ArgoPatch(ArgoAwareness argo, Resource resource) {
        this.argo = argo;
        this.title = ArgoFix.title(resource);
        this.kind = resource.gvk();
    }

    /** To be called before the merge, which consumes the patch; null where there is nothing to watch. */
    static @Nullable ArgoPatch before(ArgoAwareness argo, Resource resource, YamlMap patch) {
        Map<String, ArgoKindFacts.Field> fields = ArgoKindFacts.get().of(resource.gvk());
        if (fields == null) {
            return null;
        }
        ArgoPatch watched = new ArgoPatch(argo, resource);
        watched.maps(resource.node(), patch, fields);
        return watched;
    }

    /** To be called after the merge. */
    void after() {
        differences.forEach(difference -> argo.difference(difference.place(), difference.message()));
        for (Watch watch : watches) {
            ArgoLoss loss =
                    ArgoLoss.between(watch.old(), watch.parent().child(watch.name()), watch.field(), watch.intended());
            if (!loss.isEmpty()) {
                argo.damage(
                        "render-argo-patch",
                        watch.place(),
                        "the patch replaces the whole list " + watch.path() + " of " + title + ": that " + loss,
                        watch.fix());
            }
        }
    }

    private void maps(YamlMap target, YamlMap patch, Map<String, ArgoKindFacts.Field> fields) {
        String directive = PatchDirective.of(patch);
        if (!directive.isEmpty() && !directive.equals("merge")) {
            return;
        }
        for (String name : List.copyOf(patch.entries().keySet())) {
            ArgoKindFacts.Field field = fields.get(name);
            YamlNode change = patch.child(name);
            if (field == null || change == null) {
                continue;
            }
            YamlNode old = target.child(name);
            way.add(new ArgoSchema.Step(name, field.keys()));
            if (change instanceof YamlMap inner && old instanceof YamlMap outer) {
                below(outer, inner, field);
            } else if (change instanceof YamlList list && field.keys() != null && !(old instanceof YamlMap)) {
                list(target, patch, name, list, field);
            }
            way.removeLast();
        }
    }

    private void below(YamlMap target, YamlMap patch, ArgoKindFacts.Field field) {
        ArgoKindFacts facts = ArgoKindFacts.get();
        if (field.embedded()) {
            Map<String, ArgoKindFacts.Field> fields = facts.of(Gvk.of(target));
            if (fields != null) {
                Gvk outerKind = kind;
                List<ArgoSchema.Step> outerWay = way;
                kind = Gvk.of(target);
                way = new ArrayList<>();
                maps(target, patch, fields);
                kind = outerKind;
                way = outerWay;
            }
        } else if (field.values() != null) {
            patch.entries().forEach((key, change) -> {
                if (change instanceof YamlMap inner && target.child(key) instanceof YamlMap outer) {
                    way.add(new ArgoSchema.Step(key, null));
                    maps(outer, inner, facts.fields(field.values()));
                    way.removeLast();
                }
            });
        } else {
            maps(target, patch, facts.fields(field.type()));
        }
    }

    private void list(YamlMap target, YamlMap patch, String name, YamlList change, ArgoKindFacts.Field field) {
        ListKeys keys = Objects.requireNonNull(field.keys());
        List<YamlNode> old = target.child(name) instanceof YamlList list ? List.copyOf(list.items()) : List.of();
        String unclear = ambiguity(keys, old, change);
        if (argo.on() && unclear == null) {
            YamlList written = (YamlList) change.copy();
            int told = differences.size();
            elements(old, change, field);
            YamlList merged = new ArgoListMerge(keys, old, change).merged();
            tell(told, field, merged, written);
            merge(target, patch, name, merged);
            return;
        }
        String fix = fix(old, change, field, unclear);
        watches.add(new Watch(target, name, old, field, intended(keys, change, old), change.location(), path(), fix));
        if (!argo.on()) {
            elements(old, change, field);
        }
    }

    /** Says what the outer list is without awareness; then nothing need be said of lists in it. */
    private void tell(int told, ArgoKindFacts.Field field, @Nullable YamlList merged, YamlList written) {
        List<YamlNode> items = merged == null ? List.of() : merged.items();
        ArgoLoss loss = ArgoLoss.between(items, written, field, Set.of());
        if (!loss.isEmpty()) {
            differences.subList(told, differences.size()).clear();
            String key = String.join(", ", Objects.requireNonNull(field.keys()).written());
            differences.add(new Difference(
                    written.location(),
                    path() + " of " + title + " is merged by " + key
                            + "; plain kustomize replaces the whole list: that " + loss));
        }
    }

    private static @Nullable String ambiguity(ListKeys keys, List<YamlNode> old, YamlList change) {
        String unclear = keys.ambiguity(keys.elements(old));
        return unclear == null ? keys.ambiguity(keys.elements(change)) : unclear;
    }

    /** What is merged is no longer the patch's business. */
    private static void merge(YamlMap target, YamlMap patch, String name, @Nullable YamlList merged) {
        patch.entries().remove(name);
        if (merged == null) {
            target.entries().remove(name);
        } else {
            target.entries().put(name, merged);
        }
    }

    private void elements(List<YamlNode> old, YamlList change, ArgoKindFacts.Field field) {
        ListKeys keys = Objects.requireNonNull(field.keys());
        Map<String, YamlMap> known = keys.byKey(keys.elements(old));
        for (YamlNode element : keys.elements(change)) {
            String key = keys.of(element);
            YamlMap same = key == null ? null : known.get(key);
            if (same != null && element instanceof YamlMap map) {
                maps(same, map, ArgoKindFacts.get().fields(field.type()));
            }
        }
    }

    /** Keys of elements that the patch says to remove or replace; all, where it says so of the list. */
    private static Set<String> intended(ListKeys keys, YamlList change, List<YamlNode> old) {
        String ofList = PatchDirective.ofList(change.items());
        boolean all = ofList.equals("replace") || ofList.equals("delete");
        Set<String> intended = new HashSet<>();
        for (YamlNode element : all ? keys.elements(old) : keys.elements(change)) {
            String directive = PatchDirective.of(element);
            String key = keys.of(element);
            if (key != null && (all || directive.equals("delete") || directive.equals("replace"))) {
                intended.add(key);
            }
        }
        return intended;
    }

    private String fix(List<YamlNode> old, YamlList change, ArgoKindFacts.Field field, @Nullable String unclear) {
        if (unclear != null) {
            return "write it as a JSON 6902 patch: the list cannot be merged, because it has " + unclear;
        }
        ArgoSchema schema = new ArgoSchema();
        String ways = ArgoAwareness.OPTION + ", or write it as a JSON 6902 patch";
        return schema.add(way, old, change, field)
                ? ways + ", or name a file under openapi: path: that holds " + ArgoFix.openApi(kind, schema.root())
                        + " (it stands in for kustomize's own schema: add what `kustomize openapi fetch` prints, where"
                        + " patches change built-in kinds)"
                : ways;
    }

    private String path() {
        StringBuilder path = new StringBuilder();
        way.forEach(step -> path.append(path.isEmpty() ? "" : ".").append(step.name()));
        return path.toString();
    }
}
