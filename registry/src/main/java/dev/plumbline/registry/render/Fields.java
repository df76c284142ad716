package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A map of a kustomization file, read with types; a value of another type is a finding and reads as absent. */
final class Fields {

    private final YamlMap map;
    private final Problems problems;

    Fields(YamlMap map, Problems problems) {
        this.map = map;
        this.problems = problems;
    }

    /** A text with its place. */
    record Text(String value, Location place) {}

    Location place() {
        return map.location();
    }

    Location place(String name) {
        YamlNode node = map.child(name);
        return node == null ? place() : node.location();
    }

    boolean has(String name) {
        YamlNode node = map.child(name);
        return node != null && !(node instanceof YamlScalar scalar && scalar.value() == null);
    }

    String text(String name) {
        return text(map.child(name), name);
    }

    private String text(@Nullable YamlNode node, String name) {
        if (node instanceof YamlScalar scalar) {
            if (scalar.value() == null) {
                return "";
            }
            if (scalar.value() instanceof String text) {
                return text;
            }
        }
        if (node != null) {
            wrong(node, name, "text; quote it");
        }
        return "";
    }

    boolean flag(String name) {
        YamlNode node = map.child(name);
        if (node instanceof YamlScalar scalar && scalar.value() instanceof Boolean flag) {
            return flag;
        }
        if (node != null && has(name)) {
            wrong(node, name, "true or false");
        }
        return false;
    }

    @Nullable
    Long whole(String name) {
        YamlNode node = map.child(name);
        if (node instanceof YamlScalar scalar && scalar.value() instanceof Long number) {
            return number;
        }
        if (node != null && has(name)) {
            wrong(node, name, "a whole number");
        }
        return null;
    }

    List<Text> texts(String name) {
        List<Text> texts = new ArrayList<>();
        for (YamlNode item : items(name)) {
            if (item instanceof YamlScalar scalar && scalar.value() instanceof String text) {
                texts.add(new Text(text, item.location()));
            } else {
                wrong(item, name, "a list of texts");
            }
        }
        return texts;
    }

    List<Fields> maps(String name) {
        List<Fields> maps = new ArrayList<>();
        for (YamlNode item : items(name)) {
            if (item instanceof YamlMap entry) {
                maps.add(new Fields(entry, problems));
            } else {
                wrong(item, name, "a list of maps");
            }
        }
        return maps;
    }

    private List<YamlNode> items(String name) {
        YamlNode node = map.child(name);
        if (node instanceof YamlList list) {
            return list.items();
        }
        if (node != null && has(name)) {
            wrong(node, name, "a list");
        }
        return List.of();
    }

    @Nullable
    Fields map(String name) {
        YamlNode node = map.child(name);
        if (node instanceof YamlMap child) {
            return new Fields(child, problems);
        }
        if (node != null && has(name)) {
            wrong(node, name, "a map");
        }
        return null;
    }

    /** A map of texts, keys in byte order as kustomize works through them. */
    Map<String, String> textMap(String name) {
        Map<String, String> texts = new TreeMap<>();
        Fields child = map(name);
        if (child != null) {
            child.map.entries().forEach((key, node) -> texts.put(key, text(node, name + "." + key)));
        }
        return texts;
    }

    /** Reports every field that is not among the known ones. */
    void onlyKnown(Collection<String> known, String where) {
        map.entries().forEach((name, node) -> {
            if (!known.contains(name)) {
                problems.error(
                        "render-unknown-field",
                        node.location(),
                        where + " has no field " + name,
                        "remove it, or correct its name; known are: " + String.join(", ", known));
            }
        });
    }

    Collection<String> names() {
        return map.entries().keySet();
    }

    private void wrong(YamlNode node, String name, String expected) {
        problems.error("render-wrong-type", node.location(), "the field " + name + " must be " + expected, "");
    }
}
