package dev.plumbline.registry.render;

import dev.plumbline.registry.json.FewEntries;
import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that builds share: their maps and lists refuse changes, and what a step left alone is the same node before and
 * after it, so that many versions of an object take little more room than one.
 */
@SuppressWarnings("ReferenceEquality") // whether a part is the very one that was there before
final class SharedNodes {

    /** About what an object takes beside its nodes. */
    static final long BYTES_PER_OBJECT = 400;

    /** About what a node takes with its text, its place and its entry in a map. */
    static final long BYTES_PER_NODE = 200;

    private static final Class<?> SHARED_LARGE_MAP =
            Collections.unmodifiableMap(Map.of()).getClass();
    private static final Class<?> SHARED_LIST =
            Collections.unmodifiableList(new ArrayList<>()).getClass();

    private long made;

    /** How many nodes were made that were not there before. */
    long made() {
        return made;
    }

    /** A form of a node that cannot be changed; the caller gives the node up. */
    static YamlNode of(YamlNode node) {
        return new SharedNodes().of(node, null);
    }

    /**
     * A form of a node that cannot be changed; the caller gives the node up.
     *
     * @param before a shared node whose parts are taken where they are equal
     */
    YamlNode of(YamlNode node, @Nullable YamlNode before) {
        return switch (node) {
            case YamlScalar scalar -> scalar(scalar, before);
            case YamlMap map -> map(map, before instanceof YamlMap other ? other : null);
            case YamlList list -> list(list, before instanceof YamlList other ? other : null);
        };
    }

    private YamlNode scalar(YamlScalar scalar, @Nullable YamlNode before) {
        if (before != null && scalar.equals(before)) {
            return before;
        }
        made++;
        return scalar;
    }

    private YamlMap map(YamlMap map, @Nullable YamlMap before) {
        if (map.entries() instanceof FewEntries || map.entries().getClass() == SHARED_LARGE_MAP) {
            return map;
        }
        boolean same = before != null
                && before.entries().size() == map.entries().size()
                && before.flow() == map.flow()
                && before.location().equals(map.location());
        Iterator<String> names =
                before != null && same ? before.entries().keySet().iterator() : Collections.emptyIterator();
        Map<String, YamlNode> entries = map.entries();
        for (Map.Entry<String, YamlNode> entry : entries.entrySet()) {
            YamlNode old = before == null ? null : before.child(entry.getKey());
            YamlNode shared = of(entry.getValue(), old);
            entry.setValue(shared);
            same = same && shared == old && names.next().equals(entry.getKey());
        }
        if (before != null && same) {
            return before;
        }
        made++;
        Map<String, YamlNode> ordered = entries instanceof LinkedHashMap ? entries : new LinkedHashMap<>(entries);
        return new YamlMap(FewEntries.of(ordered), map.location(), map.flow());
    }

    private YamlList list(YamlList list, @Nullable YamlList before) {
        if (list.items().getClass() == SHARED_LIST) {
            return list;
        }
        boolean same = before != null
                && before.items().size() == list.items().size()
                && before.flow() == list.flow()
                && before.location().equals(list.location());
        List<YamlNode> items = new ArrayList<>(list.items().size());
        for (int i = 0; i < list.items().size(); i++) {
            YamlNode old =
                    before != null && i < before.items().size() ? before.items().get(i) : null;
            YamlNode shared = of(list.items().get(i), old);
            items.add(shared);
            same = same && shared == old;
        }
        if (before != null && same) {
            return before;
        }
        made++;
        return new YamlList(Collections.unmodifiableList(items), list.location(), list.flow());
    }
}
