package dev.plumbline.registry.argo.expr;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Variables by their names with dots, such as {@code tasks.a.outputs.result}. A name below which there are others is a map of these. */
public final class DottedNames implements Formula.Variables {

    private final TreeMap<String, @Nullable Object> names;

    private DottedNames(Map<String, @Nullable Object> names) {
        this.names = new TreeMap<>(names);
    }

    /** Variables with these values; null for one that is known to be nil. */
    public static DottedNames of(Map<String, @Nullable Object> names) {
        return new DottedNames(names);
    }

    @Override
    public @Nullable Object get(String name) {
        if (!begins(name)) {
            return names.get(name);
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (String below : names.tailMap(name + ".").keySet()) {
            if (!below.startsWith(name + ".")) {
                break;
            }
            String rest = below.substring(name.length() + 1);
            String next = rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest;
            if (!map.containsKey(next)) {
                map.put(next, get(name + "." + next));
            }
        }
        return map;
    }

    @Override
    public boolean known(String name) {
        return names.containsKey(name) || begins(name);
    }

    @Override
    public boolean begins(String name) {
        String first = names.ceilingKey(name + ".");
        return first != null && first.startsWith(name + ".");
    }
}
