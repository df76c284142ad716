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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A map of a kustomization file or of a file that it names, read with types; a value of another type is a finding and reads
 * as absent. The case of field names does not matter, because kustomize reads them with Go's JSON reader.
 */
final class Fields {

    private static final Pattern TRUE = Pattern.compile("(?i)y|yes|on");

    private final YamlMap map;
    private final Problems problems;
    private final Reading reading;

    /** How kustomize reads the file: its own files with one reader, the configurations of plugins with others. */
    enum Reading {
        /** Unknown fields are refused, text must be text. */
        KUSTOMIZATION,
        /** Unknown fields are refused, numbers and flags are taken for text where text is meant. */
        CONFIGURATION,
        /** Unknown fields are ignored, numbers and flags are taken for text where text is meant. */
        PLUGIN,
        /** Unknown fields are ignored, text must be text: parts of a plugin's configuration that kustomize points to. */
        PLUGIN_PART,
        /** As {@link #PLUGIN}, but the case of names counts. */
        PLUGIN_EXACT;

        boolean coerces() {
            return this == CONFIGURATION || this == PLUGIN || this == PLUGIN_EXACT;
        }

        boolean refusesUnknown() {
            return this == KUSTOMIZATION || this == CONFIGURATION;
        }
    }

    Fields(YamlMap map, Problems problems) {
        this(map, problems, Reading.KUSTOMIZATION);
    }

    Fields(YamlMap map, Problems problems, Reading reading) {
        this.map = map;
        this.problems = problems;
        this.reading = reading;
    }

    /** Whether the file is the configuration of a plugin. */
    boolean ofPlugin() {
        return !reading.refusesUnknown();
    }

    /** The value of a field, whatever the case in which its name is written. */
    private @Nullable YamlNode child(String name) {
        YamlNode exact = map.child(name);
        if (exact != null || reading == Reading.PLUGIN_EXACT) {
            return exact;
        }
        for (Map.Entry<String, YamlNode> entry : map.entries().entrySet()) {
            if (entry.getKey().equalsIgnoreCase(name)) {
                return entry.getValue();
            }
        }
        return null;
    }

    Location place() {
        return map.location();
    }

    Location place(String name) {
        YamlNode node = child(name);
        return node == null ? place() : node.location();
    }

    /** The text of a field with its place. */
    LocatedText located(String name) {
        return new LocatedText(text(name), place(name), isBlock(child(name)));
    }

    private static boolean isBlock(@Nullable YamlNode node) {
        return node instanceof YamlScalar scalar && scalar.form() == YamlScalar.Form.LITERAL;
    }

    boolean has(String name) {
        YamlNode node = child(name);
        return node != null && !(node instanceof YamlScalar scalar && scalar.value() == null);
    }

    /** As {@link #has}, and it is no empty list or map. */
    boolean hasContent(String name) {
        return switch (child(name)) {
            case YamlMap node -> !node.entries().isEmpty();
            case YamlList list -> !list.items().isEmpty();
            case null, default -> has(name);
        };
    }

    String text(String name) {
        return text(child(name), name);
    }

    /** Text that must be text, also where others are taken for it. */
    String exactText(String name) {
        YamlNode node = child(name);
        if (node instanceof YamlScalar scalar && scalar.value() != null && !(value(scalar) instanceof String)) {
            wrong(node, name, "text; quote it");
            return "";
        }
        return text(node, name);
    }

    private String text(@Nullable YamlNode node, String name) {
        if (node instanceof YamlScalar scalar) {
            if (scalar.value() == null) {
                return "";
            }
            Object value = value(scalar);
            if (value instanceof String text) {
                return text;
            }
            if (reading.coerces()) {
                return GoJson.write(value);
            }
        }
        if (node != null) {
            wrong(node, name, "text; quote it");
        }
        return "";
    }

    boolean flag(String name) {
        YamlNode node = child(name);
        if (node instanceof YamlScalar scalar && value(scalar) instanceof Boolean flag) {
            return flag;
        }
        if (node != null && has(name)) {
            wrong(node, name, "true or false");
        }
        return false;
    }

    @Nullable
    Long whole(String name) {
        YamlNode node = child(name);
        if (node instanceof YamlScalar scalar && scalar.value() instanceof Long number) {
            return number;
        }
        if (node != null && has(name)) {
            wrong(node, name, "a whole number");
        }
        return null;
    }

    /** kustomize reads its own files, other than objects, by YAML 1.1, in which words such as yes are true or false. */
    private @Nullable Object value(YamlScalar scalar) {
        return reading.refusesUnknown() && !scalar.quoted() && problems.ambiguousBoolean(scalar.location())
                ? (Object) TRUE.matcher(scalar.text()).matches()
                : scalar.value();
    }

    List<LocatedText> texts(String name) {
        List<LocatedText> texts = new ArrayList<>();
        for (YamlNode item : items(name)) {
            if (item instanceof YamlScalar scalar && value(scalar) instanceof String text) {
                texts.add(new LocatedText(text, item.location(), isBlock(scalar)));
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
                maps.add(new Fields(entry, problems, reading));
            } else {
                wrong(item, name, "a list of maps");
            }
        }
        return maps;
    }

    private List<YamlNode> items(String name) {
        YamlNode node = child(name);
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
        YamlNode node = child(name);
        if (node instanceof YamlMap child) {
            return new Fields(child, problems, reading);
        }
        if (node != null && has(name)) {
            wrong(node, name, "a map");
        }
        return null;
    }

    /** As {@link #map}, for a part of a plugin's configuration in which kustomize takes nothing but text for text. */
    @Nullable
    Fields part(String name) {
        Fields part = map(name);
        return part == null || reading.refusesUnknown() ? part : new Fields(part.map, problems, Reading.PLUGIN_PART);
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

    /** Reports every field that is not among the known ones, and each that is written twice. */
    void onlyKnown(Collection<String> known, String where) {
        if (!reading.refusesUnknown()) {
            return;
        }
        reportTwins();
        map.entries().forEach((name, node) -> {
            if (known.stream().noneMatch(name::equalsIgnoreCase)) {
                problems.error(
                        "render-unknown-field",
                        node.location(),
                        where + " has no field " + name,
                        "remove it, or correct its name; known are: " + String.join(", ", known));
            }
        });
    }

    /** Fields whose names differ in nothing but case: kustomize takes one of them and drops the other. */
    void reportTwins() {
        Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        map.entries().forEach((name, node) -> {
            if (!seen.add(name)) {
                problems.error(
                        "render-field-twice",
                        node.location(),
                        "the field " + name + " is written twice, with letters of another case",
                        "keep one of the two");
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
