package dev.plumbline.registry.render;

import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Merges a patch's list into a list of Argo's element by element. As where kustomize knows a list's key, the patch's elements
 * come first, in its order, then the others. Steps keep their places instead, because their order is their meaning: a step that
 * is known is merged where it stands, a new one joins the group in which the patch puts it beside a known one, else it comes
 * last.
 */
final class ArgoListMerge {

    private final ListKeys keys;
    private final List<YamlNode> old;
    private final YamlList patch;

    ArgoListMerge(ListKeys keys, List<YamlNode> old, YamlList patch) {
        this.keys = keys;
        this.old = old;
        this.patch = patch;
    }

    /** The merged list; null when nothing is left. */
    @Nullable
    YamlList merged() {
        String directive = PatchDirective.ofList(patch.items());
        if (directive.equals("delete")) {
            return null;
        }
        if (!directive.isEmpty() && !directive.equals("merge") && !directive.equals("replace")) {
            throw new WrongShapeException(
                    patch.location(), "$patch must be merge, replace or delete, not " + directive);
        }
        List<YamlNode> from = directive.equals("replace") ? List.of() : old;
        List<YamlNode> to = new ArrayList<>(patch.items());
        to.removeIf(PatchDirective::alone);
        List<YamlNode> result = keys.grouped() ? groups(from, to) : elements(from, to);
        return result.isEmpty() ? null : new YamlList(result, patch.location());
    }

    private List<YamlNode> elements(List<YamlNode> from, List<YamlNode> to) {
        List<YamlNode> result = new ArrayList<>();
        Set<String> mentioned = new HashSet<>();
        Map<String, YamlMap> known = keys.byKey(from);
        for (YamlNode element : to) {
            String key = keys.of(element);
            YamlNode merged = StrategicMerge.merge(key == null ? null : known.get(key), element, null);
            if (key != null) {
                mentioned.add(key);
            }
            if (merged != null && !StrategicMerge.isNull(merged)) {
                result.add(merged);
            }
        }
        for (YamlNode element : from) {
            String key = keys.of(element);
            if (key == null || !mentioned.contains(key)) {
                result.add(element);
            }
        }
        return result;
    }

    private List<YamlNode> groups(List<YamlNode> from, List<YamlNode> to) {
        List<YamlList> result = new ArrayList<>();
        Map<String, YamlList> home = new LinkedHashMap<>();
        for (YamlNode group : from) {
            YamlList copy = new YamlList(new ArrayList<>(items(group)), group.location());
            copy.items().forEach(step -> home.put(String.valueOf(keys.of(step)), copy));
            result.add(copy);
        }
        for (YamlNode group : to) {
            YamlList joined = null;
            for (YamlNode step : items(group)) {
                YamlList known = home.get(String.valueOf(keys.of(step)));
                joined = joined == null ? known : joined;
            }
            if (joined == null) {
                joined = new YamlList(new ArrayList<>(), group.location());
                result.add(joined);
            }
            for (YamlNode step : items(group)) {
                put(step, home.getOrDefault(String.valueOf(keys.of(step)), joined));
            }
        }
        result.removeIf(group -> group.items().isEmpty());
        return new ArrayList<>(result);
    }

    private static List<YamlNode> items(YamlNode group) {
        if (group instanceof YamlList list) {
            return list.items();
        }
        throw new WrongShapeException(group.location(), "steps are a list of lists");
    }

    private void put(YamlNode step, YamlList group) {
        String key = keys.of(step);
        YamlMap known = key == null ? null : keys.byKey(group.items()).get(key);
        int at = known == null ? group.items().size() : group.items().indexOf(known);
        YamlNode merged = StrategicMerge.merge(known, step, null);
        if (known != null) {
            group.items().remove(at);
        }
        if (merged != null && !StrategicMerge.isNull(merged)) {
            group.items().add(at, merged);
        }
    }
}
