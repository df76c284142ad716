package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path to one field, such as {@code spec/containers/[name=web]/image}: names of fields, positions, {@code -} for the last
 * element, {@code [key=value]} for the element that has it. {@code \/} is a slash inside a name. What is missing is made,
 * positions excepted.
 */
final class GoPath {

    private static final Pattern ELEMENT = Pattern.compile("\\[([^=]*)=(.*)]");
    private static final Pattern POSITION = Pattern.compile("[0-9]{1,9}|-");

    private final List<String> steps = new ArrayList<>();
    private final Location by;

    GoPath(String path, Location by) {
        this.by = by;
        for (String step : path.replace("\\/", "\u0000").split("/", -1)) {
            String name = step.replace('\u0000', '/').strip();
            if (!name.isEmpty()) {
                steps.add(name);
            }
        }
    }

    /**
     * Puts a new scalar at the path.
     *
     * @param change gets what is there, null where nothing is, and gives what is to be there
     * @throws WrongShapeException where the object is shaped otherwise, or a map or list stands at the path
     */
    void create(YamlMap object, Function<@Nullable YamlNode, YamlNode> change) {
        at(object, 0, change);
    }

    private @Nullable YamlNode at(@Nullable YamlNode node, int step, Function<@Nullable YamlNode, YamlNode> change) {
        if (step == steps.size()) {
            if (node != null && !(node instanceof YamlScalar)) {
                throw new WrongShapeException(node.location(), "the value can be put at text only, and this is not");
            }
            return change.apply(node);
        }
        String name = steps.get(step);
        Matcher element = ELEMENT.matcher(name);
        boolean matches = element.matches();
        if (name.equals("*")) {
            throw new WrongShapeException(by, "* is not possible in this path");
        }
        if (!matches && !POSITION.matcher(name).matches()) {
            return inMap(node, name, step, change);
        }
        YamlList list = list(node, name);
        if (matches) {
            inElement(list, element.group(1), element.group(2), step, change);
        } else {
            inPosition(list, name, step, change);
        }
        return list;
    }

    private YamlNode inMap(
            @Nullable YamlNode node, String name, int step, Function<@Nullable YamlNode, YamlNode> change) {
        YamlMap map =
                isNull(node) ? new YamlMap(new LinkedHashMap<>(), by) : node instanceof YamlMap given ? given : null;
        if (map == null) {
            throw new WrongShapeException(
                    node == null ? by : node.location(), "the path goes on with " + name + ", so this must be a map");
        }
        YamlNode child = at(map.child(name), step + 1, change);
        if (child != null) {
            map.entries().put(name, child);
        }
        return map;
    }

    private YamlList list(@Nullable YamlNode node, String name) {
        if (isNull(node)) {
            return new YamlList(new ArrayList<>(), by);
        }
        if (node instanceof YamlList list) {
            return list;
        }
        throw new WrongShapeException(
                node == null ? by : node.location(), "the path goes on with " + name + ", so this must be a list");
    }

    private void inElement(
            YamlList list, String key, String value, int step, Function<@Nullable YamlNode, YamlNode> change) {
        List<YamlNode> items = list.items();
        for (int i = 0; i < items.size(); i++) {
            YamlNode held = key.isEmpty() ? items.get(i) : items.get(i).child(key);
            if (held instanceof YamlScalar scalar && scalar.text().equals(value)) {
                set(items, i, at(items.get(i), step + 1, change));
                return;
            }
        }
        YamlNode made = new YamlScalar(value, by);
        if (!key.isEmpty()) {
            made = new YamlMap(new LinkedHashMap<>(), by);
            ((YamlMap) made).entries().put(key, new YamlScalar(value, by));
        }
        items.add(made);
        set(items, items.size() - 1, at(made, step + 1, change));
    }

    private void inPosition(YamlList list, String name, int step, Function<@Nullable YamlNode, YamlNode> change) {
        int position = name.equals("-") ? list.items().size() - 1 : Integer.parseInt(name);
        if (position >= 0 && position < list.items().size()) {
            set(list.items(), position, at(list.items().get(position), step + 1, change));
        }
    }

    private static void set(List<YamlNode> items, int position, @Nullable YamlNode value) {
        if (value != null) {
            items.set(position, value);
        }
    }

    private static boolean isNull(@Nullable YamlNode node) {
        return node == null || (node instanceof YamlScalar scalar && scalar.value() == null);
    }
}
