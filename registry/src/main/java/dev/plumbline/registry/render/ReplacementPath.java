package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field path of a replacement or a var: steps between dots; {@code \.} is a dot inside a step, and so is any dot between
 * brackets; {@code [key=value]} is an element of a list, a number its position.
 *
 * @param written as written
 * @param steps the path's parts
 */
record ReplacementPath(String written, List<String> steps) {

    /** Longest path, in characters. */
    static final int MAX_LENGTH = 4_096;

    static ReplacementPath of(String written) {
        return new ReplacementPath(written, brackets(split(written)));
    }

    /** A first empty part, of a path that begins with a dot, does not count. */
    private static List<String> split(String written) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int start = written.startsWith(".") ? 1 : 0;
        for (int i = start; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c != '.') {
                part.append(c);
            } else if (!part.isEmpty() && part.charAt(part.length() - 1) == '\\') {
                part.setCharAt(part.length() - 1, '.');
            } else {
                parts.add(part.toString());
                part.setLength(0);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    /** Joins what stands between brackets, which then mark an element where they hold {@code =} and else only a key. */
    private static List<String> brackets(List<String> parts) {
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            if (!part.startsWith("[") || part.endsWith("]")) {
                steps.add(part);
                continue;
            }
            StringBuilder joined = new StringBuilder(part);
            while (++i < parts.size()) {
                joined.append('.').append(parts.get(i));
                if (parts.get(i).endsWith("]")) {
                    break;
                }
            }
            String text = joined.toString();
            steps.add(text.contains("=") ? text : text.replaceAll("^[\\[\\]]+|[\\[\\]]+$", ""));
        }
        return List.copyOf(steps);
    }

    /** Whether it means all annotations of an object, among which kustomize keeps its own notes during a build. */
    boolean isAllAnnotations() {
        return steps.equals(List.of("metadata", "annotations")) || steps.equals(List.of("metadata"));
    }

    static boolean isElement(String step) {
        return step.length() > 1 && step.startsWith("[") && step.endsWith("]");
    }

    /** The position that a step spells; -1 when it spells none. */
    static int position(String step) {
        return step.matches("[+-]?[0-9]{1,9}") ? Integer.parseInt(step) : -1;
    }

    /**
     * Key and value of {@code [key=value]}.
     *
     * @throws WrongShapeException when there is no {@code =}
     */
    static String[] keyAndValue(String step, Location place) {
        String[] pair = step.substring(1, step.length() - 1).split("=", 2);
        if (pair.length < 2) {
            throw new WrongShapeException(place, "the step " + step + " is not written [key=value]");
        }
        return pair;
    }

    /**
     * The one value at the path, which may be a spelled-out null; null when there is none.
     *
     * @throws WrongShapeException when the path cannot be followed in this object, or has a wildcard
     */
    @Nullable
    YamlNode find(YamlNode root) {
        FieldSlot slot = findSlot(root);
        return slot == null ? (steps.stream().allMatch(String::isBlank) ? root : null) : slot.get();
    }

    /**
     * The place of the one value at the path; null when there is none.
     *
     * @throws WrongShapeException when the path cannot be followed in this object, or has a wildcard
     */
    @Nullable
    FieldSlot findSlot(YamlNode root) {
        YamlNode node = root;
        FieldSlot slot = null;
        for (String step : steps) {
            String name = step.strip();
            if (name.isEmpty()) {
                continue;
            }
            slot = child(node, name);
            if (slot == null) {
                return null;
            }
            node = slot.get();
        }
        return slot;
    }

    private static @Nullable FieldSlot child(YamlNode node, String step) {
        boolean last = step.equals("-");
        if (last || step.matches("[+-]?[0-9]{1,9}")) {
            List<YamlNode> items = items(node, step);
            int index = last ? items.size() - 1 : Integer.parseInt(step);
            if (index < 0) {
                throw new WrongShapeException(
                        node.location(), last ? "the list has no last element" : "a position cannot be negative");
            }
            return index < items.size() ? new FieldSlot.OfList((YamlList) node, index) : null;
        }
        if (step.equals("*")) {
            throw new WrongShapeException(node.location(), "a source's path cannot have a wildcard");
        }
        if (isElement(step)) {
            int index = element(items(node, step), keyAndValue(step, node.location()));
            return index < 0 ? null : new FieldSlot.OfList((YamlList) node, index);
        }
        YamlMap map = fieldsOf(node, step);
        return map == null || map.child(step) == null ? null : new FieldSlot.OfMap(map, step);
    }

    private static int element(List<YamlNode> items, String[] wanted) {
        for (int i = 0; i < items.size(); i++) {
            YamlNode item = items.get(i);
            YamlNode value = wanted[0].isEmpty() ? item : item instanceof YamlMap map ? map.child(wanted[0]) : null;
            if (value != null && textOf(value).equals(wanted[1])) {
                return i;
            }
        }
        return -1;
    }

    private static String textOf(YamlNode node) {
        return node instanceof YamlScalar scalar ? scalar.text() : "";
    }

    /** The map to look a field up in; null for a null. */
    static @Nullable YamlMap fieldsOf(YamlNode node, String step) {
        if (node instanceof YamlMap map) {
            return map;
        }
        if (node instanceof YamlScalar scalar && scalar.value() == null) {
            return null;
        }
        throw new WrongShapeException(node.location(), "the step " + step + " needs a map, but here is " + shape(node));
    }

    /** The elements; none for a null. */
    static List<YamlNode> items(YamlNode node, String step) {
        if (node instanceof YamlList list) {
            return list.items();
        }
        if (node instanceof YamlScalar scalar && scalar.value() == null) {
            return List.of();
        }
        throw new WrongShapeException(
                node.location(), "the step " + step + " needs a list, but here is " + shape(node));
    }

    private static String shape(YamlNode node) {
        return switch (node) {
            case YamlMap _ -> "a map";
            case YamlList _ -> "a list";
            case YamlScalar scalar -> "the single value " + scalar.text();
        };
    }
}
