package dev.plumbline.registry.render;

import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Merges two lists whose elements are told apart by keys, element by element. Elements of the patch come first, in its order,
 * then the others. Lists with several keys (container ports by number and protocol) pair elements that leave a key out.
 */
final class KeyedList {

    private static final List<String> SCALARS = List.of("");

    private final List<String> keys;
    private final BuiltInKinds.@Nullable Field element;
    private final YamlList target;
    private final @Nullable YamlList patch;

    /**
     * Prepares the merge.
     *
     * @param facts the list's keys, and the type of its elements
     * @param target elements to keep, changed in place
     * @param patch elements to merge in
     */
    KeyedList(BuiltInKinds.Field facts, YamlList target, @Nullable YamlList patch) {
        List<String> merge = facts.keys() == null ? List.of() : facts.keys();
        this.keys = merge.isEmpty() ? SCALARS : merge;
        this.element = facts.type() == null ? null : new BuiltInKinds.Field(facts.type(), null, null);
        this.target = target;
        this.patch = patch;
    }

    /** The merged list; null when nothing is left. */
    @Nullable
    YamlNode merged() {
        List<List<String>> all = values();
        if (all.isEmpty()) {
            return target;
        }
        List<YamlNode> result = new ArrayList<>();
        List<String> used = keys;
        for (List<String> values : all) {
            used = usedKeys(all);
            List<String> wanted = usedValues(all, values);
            YamlNode merged = mergeElement(used, wanted);
            if (merged == null) {
                remove(target.items(), used, wanted);
            } else {
                put(result, merged, used, wanted);
            }
        }
        appendRest(result, used);
        target.items().clear();
        target.items().addAll(result);
        return target;
    }

    /** The key values of all elements, the patch's first, each once. */
    private List<List<String>> values() {
        Set<List<String>> seen = new LinkedHashSet<>();
        if (patch != null) {
            patch.items().forEach(item -> seen.add(valuesOf(item, keys)));
        }
        target.items().forEach(item -> seen.add(valuesOf(item, keys)));
        List<List<String>> all = new ArrayList<>(seen);
        if (keys.size() > 1) {
            pair(all);
        }
        return all;
    }

    private static List<String> valuesOf(YamlNode item, List<String> keys) {
        if (keys.equals(SCALARS)) {
            return List.of(text(item));
        }
        List<String> values = new ArrayList<>();
        for (String key : keys) {
            values.add(item instanceof YamlMap map ? text(map.child(key)) : "");
        }
        return values;
    }

    static String text(@Nullable YamlNode node) {
        return node instanceof YamlScalar scalar && scalar.value() != null ? scalar.text() : "";
    }

    /** Elements that agree in a key, and of which one leaves the others out, are one. Each is compared as it was before its turn. */
    private static void pair(List<List<String>> all) {
        for (int i = 0; i < all.size(); i++) {
            List<String> one = all.get(i);
            for (int j = 0; j < all.size(); j++) {
                List<String> both = common(one, all.get(j));
                if (both != null) {
                    all.set(i, both);
                    all.set(j, both);
                }
            }
        }
    }

    private static @Nullable List<String> common(List<String> one, List<String> other) {
        boolean agree = false;
        List<String> both = new ArrayList<>();
        for (int k = 0; k < one.size(); k++) {
            String a = one.get(k);
            String b = other.get(k);
            if (a.equals(b)) {
                agree = true;
            } else if (!a.isEmpty() && !b.isEmpty()) {
                return null;
            }
            both.add(a.isEmpty() ? b : a);
        }
        return agree ? both : null;
    }

    /** Only keys that some element uses tell elements apart. */
    private List<String> usedKeys(List<List<String>> all) {
        Set<Integer> used = usedPositions(all);
        if (used.isEmpty()) {
            return keys;
        }
        return used.stream().map(keys::get).toList();
    }

    private List<String> usedValues(List<List<String>> all, List<String> values) {
        Set<Integer> used = usedPositions(all);
        return used.isEmpty() ? values : used.stream().map(values::get).toList();
    }

    private static Set<Integer> usedPositions(List<List<String>> all) {
        Set<Integer> used = new TreeSet<>();
        for (List<String> values : all) {
            for (int k = 0; k < values.size(); k++) {
                if (!values.get(k).isEmpty()) {
                    used.add(k);
                }
            }
        }
        return used;
    }

    private @Nullable YamlNode mergeElement(List<String> used, List<String> wanted) {
        List<List<String>> alone = Collections.singletonList(wanted);
        Set<Integer> positions = usedPositions(alone);
        List<String> by =
                positions.isEmpty() ? used : positions.stream().map(used::get).toList();
        List<String> values = positions.isEmpty()
                ? wanted
                : positions.stream().map(wanted::get).toList();
        YamlNode merged = StrategicMerge.merge(
                find(target.items(), by, values), patch == null ? null : find(patch.items(), by, values), element);
        if (merged == null
                || StrategicMerge.isNull(merged)
                || (merged instanceof YamlMap map && map.entries().isEmpty())) {
            return null;
        }
        if (merged instanceof YamlMap map) {
            for (int k = 0; k < used.size(); k++) {
                if (!wanted.get(k).isEmpty()) {
                    map.entries().putIfAbsent(used.get(k), new YamlScalar(wanted.get(k), map.location()));
                }
            }
        }
        return merged;
    }

    /** Unlike where elements are put and removed, an empty wanted value matches only an empty one. */
    private static @Nullable YamlNode find(List<YamlNode> items, List<String> by, List<String> values) {
        for (YamlNode item : items) {
            if (by.equals(SCALARS)
                    ? text(item).equals(values.getFirst())
                    : item instanceof YamlMap map && matches(map, by, values) && emptyAsWanted(map, by, values)) {
                return item;
            }
        }
        return null;
    }

    private static boolean emptyAsWanted(YamlMap item, List<String> by, List<String> values) {
        for (int k = 0; k < values.size(); k++) {
            YamlNode found = item.child(by.get(k));
            if (values.get(k).isEmpty() && found != null && !rawText(found).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** An empty wanted value matches any, but the key must be there; keys without a wanted value do not count. */
    private static boolean matches(YamlNode item, List<String> by, List<String> values) {
        if (by.equals(SCALARS)) {
            return text(item).equals(values.getFirst());
        }
        if (!(item instanceof YamlMap map)) {
            return false;
        }
        for (int k = 0; k < values.size(); k++) {
            YamlNode found = map.child(by.get(k));
            if (found == null || (!values.get(k).isEmpty() && !rawText(found).equals(values.get(k)))) {
                return false;
            }
        }
        return true;
    }

    private static String rawText(YamlNode node) {
        return node instanceof YamlScalar scalar ? scalar.text() : "";
    }

    private static void remove(List<YamlNode> items, List<String> by, List<String> values) {
        items.removeIf(item -> empty(item) || matches(item, by, values));
    }

    private static boolean empty(YamlNode item) {
        return StrategicMerge.isNull(item)
                || (item instanceof YamlMap map && map.entries().isEmpty());
    }

    /** Replaces the element with these key values, or appends. */
    private static void put(List<YamlNode> items, YamlNode element, List<String> by, List<String> values) {
        items.removeIf(KeyedList::empty);
        boolean found = false;
        for (int i = 0; i < items.size(); i++) {
            if (matches(items.get(i), by, values)) {
                items.set(i, element);
                found = true;
            }
        }
        if (!found) {
            items.add(element);
        }
    }

    /**
     * What the target has beside the merged elements. An element that lacks a key is kept as it is; one that lacks them all
     * takes, in kustomize, the place of everything before it.
     */
    private void appendRest(List<YamlNode> result, List<String> used) {
        for (YamlNode item : target.items()) {
            if (used.equals(SCALARS)) {
                put(result, item, SCALARS, List.of(text(item)));
                continue;
            }
            boolean nothing = StrategicMerge.isNull(item);
            if (!nothing && !(item instanceof YamlMap)) {
                throw new WrongShapeException(item.location(), "an element of a list that merges by key is no map");
            }
            List<String> values = new ArrayList<>();
            for (String key : used) {
                YamlNode value = item.child(key);
                if (value == null) {
                    result.add(item);
                } else {
                    values.add(rawText(value));
                }
            }
            if (values.isEmpty()) {
                result.clear();
                if (!nothing) {
                    result.add(item);
                }
                continue;
            }
            if (used.size() > 1) {
                remove(result, used, values);
            }
            put(result, item, used, values);
        }
    }
}
