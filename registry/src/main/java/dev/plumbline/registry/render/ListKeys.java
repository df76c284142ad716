package dev.plumbline.registry.render;

import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What tells the elements of a list of Argo's apart.
 *
 * @param written one or more fields; a field may be a path of two ({@code template/name})
 * @param grouped whether the list holds lists, whose elements are meant (Argo's steps)
 */
record ListKeys(List<String> written, boolean grouped) {

    /** What Kubernetes takes where a port names no protocol. */
    private static final String DEFAULT_PROTOCOL = "TCP";

    static ListKeys of(List<String> keys) {
        String first = keys.getFirst();
        return first.startsWith("[")
                ? new ListKeys(List.of(first.substring(1, first.length() - 1)), true)
                : new ListKeys(List.copyOf(keys), false);
    }

    /** Whether an openapi schema for kustomize can say it: only plain fields of plain lists. */
    boolean inOpenApi() {
        return !grouped && written.stream().noneMatch(key -> key.contains("/"));
    }

    /** The text that tells an element apart; null where it has none. Of several keys only the first must be there. */
    @Nullable
    String of(YamlNode element) {
        StringBuilder text = new StringBuilder();
        for (String key : written) {
            String part = part(element, key);
            if (part == null && text.isEmpty()) {
                return null;
            }
            String known = part == null ? key.equals("protocol") ? DEFAULT_PROTOCOL : "" : part;
            text.append(text.isEmpty() ? "" : "/").append(known);
        }
        return text.toString();
    }

    private static @Nullable String part(YamlNode element, String key) {
        YamlNode value = element;
        for (String step : key.split("/", -1)) {
            value = value instanceof YamlMap map ? map.child(step) : null;
        }
        return value instanceof YamlScalar scalar && scalar.value() != null ? scalar.text() : null;
    }

    /** The elements, those of inner lists where it is grouped. */
    List<YamlNode> elements(YamlList list) {
        return elements(list.items());
    }

    List<YamlNode> elements(List<YamlNode> items) {
        if (!grouped) {
            return items;
        }
        List<YamlNode> all = new ArrayList<>();
        for (YamlNode item : items) {
            if (item instanceof YamlList group) {
                all.addAll(group.items());
            } else {
                all.add(item);
            }
        }
        return all;
    }

    /** The elements that have a key, by it; of several with one key the first. */
    Map<String, YamlMap> byKey(List<YamlNode> elements) {
        Map<String, YamlMap> found = new HashMap<>();
        for (YamlNode element : elements) {
            String key = of(element);
            if (key != null && element instanceof YamlMap map) {
                found.putIfAbsent(key, map);
            }
        }
        return found;
    }

    /** A key that two elements share, or the word that one has none; null where all can be told apart. */
    @Nullable
    String ambiguity(List<YamlNode> elements) {
        Set<String> seen = new HashSet<>();
        for (YamlNode element : elements) {
            String key = of(element);
            if (key == null && !PatchDirective.alone(element)) {
                return "an element without " + written.getFirst();
            }
            if (key != null && !seen.add(key)) {
                return "two elements " + key;
            }
        }
        return null;
    }
}
