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
import org.jspecify.annotations.Nullable;

/**
 * The places of an object that a target's path reaches. Unlike in a source's path, the value of {@code [key=value]} is a
 * regular expression that may match anywhere in the text, {@code *} is every element, and missing parts can be made.
 */
final class ReplacementMatch {

    /** What a missing last part of a path is made as. */
    enum Create {
        /** Nothing is made. */
        NOTHING,
        SCALAR,
        MAP,
        LIST
    }

    private final List<String> steps;
    private final Create create;
    private final Location by;
    private final Function<YamlNode, String> written;
    private final List<FieldSlot> found = new ArrayList<>();
    private boolean detached;

    private ReplacementMatch(List<String> steps, Create create, Location by, Function<YamlNode, String> written) {
        this.steps = steps;
        this.create = create;
        this.by = by;
        this.written = written;
    }

    /**
     * The places in the order in which they stand.
     *
     * @param by place given to what is made on the way
     * @throws WrongShapeException when the path cannot be followed in this object
     */
    static ReplacementMatch of(YamlNode root, List<String> steps, Create create, Location by) {
        return of(root, steps, create, by, ReplacementMatch::writtenForm);
    }

    /**
     * The same in a document whose values have a form of their own.
     *
     * @param written what the expressions of a path see of a value
     */
    static ReplacementMatch of(
            YamlNode root, List<String> steps, Create create, Location by, Function<YamlNode, String> written) {
        ReplacementMatch match = new ReplacementMatch(steps, create, by, written);
        match.walk(root, 0, null);
        return match;
    }

    List<FieldSlot> slots() {
        return found;
    }

    /** Whether a place is inside the text of a field, in a copy that kustomize does not write back. */
    boolean isDetached() {
        return detached;
    }

    private boolean walk(YamlNode node, int at, @Nullable FieldSlot slot) {
        if (at == steps.size()) {
            if (slot != null) {
                found.add(slot);
            }
            return true;
        }
        String step = steps.get(at);
        if (ReplacementPath.position(step) >= 0) {
            return position(node, at, ReplacementPath.position(step));
        }
        if (ReplacementPath.isElement(step)) {
            return elements(node, at, ReplacementPath.keyAndValue(step, node.location()), true);
        }
        if (step.equals("*")) {
            boolean any = false;
            for (int i = 0; i < ReplacementPath.items(node, step).size(); i++) {
                any |= walkItem(node, at, i);
            }
            return any;
        }
        return field(node, at, step);
    }

    private boolean walkItem(YamlNode list, int at, int index) {
        FieldSlot slot = new FieldSlot.OfList((YamlList) list, index);
        return walk(slot.get(), at + 1, slot);
    }

    private boolean field(YamlNode node, int at, String step) {
        YamlMap map = ReplacementPath.fieldsOf(node, step);
        YamlNode child = map == null ? null : map.child(step);
        if (child == null && create == Create.NOTHING) {
            return false;
        }
        if (map == null) {
            throw new WrongShapeException(node.location(), "nothing can be made in an empty value");
        }
        if (child == null) {
            child = made(at + 1);
            map.entries().put(step, child);
        }
        if (child instanceof YamlScalar scalar && at + 1 < steps.size()) {
            return inText(scalar, at + 1);
        }
        return walk(child, at + 1, new FieldSlot.OfMap(map, step));
    }

    /** kustomize goes on in a document that the text may hold, but does not write that back. */
    private boolean inText(YamlScalar scalar, int at) {
        String text = scalar.text().strip();
        boolean spelledNull = !text.isEmpty() && YamlScalar.plain(text, by).value() == null;
        if (spelledNull && create == Create.NOTHING) {
            return false;
        }
        detached = true;
        if (spelledNull) {
            found.add(new FieldSlot.OfList(new YamlList(new ArrayList<>(List.of(scalar)), by), 0));
            return true;
        }
        YamlNode root = EmbeddedText.parse(scalar);
        if (root == null) {
            throw new WrongShapeException(
                    scalar.location(), "the path goes on with " + steps.get(at) + ", but here is a single value");
        }
        return walk(root, at, null);
    }

    private boolean position(YamlNode node, int at, int index) {
        int size = ReplacementPath.items(node, steps.get(at)).size();
        if (size == index && create != Create.NOTHING && node instanceof YamlList list) {
            list.items().add(made(at + 1));
        } else if (index >= size) {
            throw new WrongShapeException(
                    node.location(), "the position " + index + " is asked for, but the list has " + size + " elements");
        }
        return walkItem(node, at, index);
    }

    private boolean elements(YamlNode node, int at, String[] wanted, boolean mayMake) {
        BoundedPattern pattern = BoundedPattern.compile(wanted[1]);
        if (pattern == null) {
            throw new WrongShapeException(
                    node.location(), wanted[1] + " in the path is not a regular expression; escape it with \\");
        }
        boolean any = false;
        for (int i = 0; i < ReplacementPath.items(node, steps.get(at)).size(); i++) {
            YamlNode item = node.child(Integer.toString(i));
            YamlNode value = item instanceof YamlMap map && !wanted[0].isEmpty() ? map.child(wanted[0]) : null;
            if (wanted[0].isEmpty() && item != null && pattern.finds(written.apply(item))) {
                // What follows an element of its own value is not looked at.
                found.add(new FieldSlot.OfList((YamlList) node, i));
                any = true;
            } else if (value != null && pattern.finds(written.apply(value))) {
                any |= walkItem(node, at, i);
            }
        }
        if (any || create == Create.NOTHING || !(node instanceof YamlList list)) {
            return any;
        }
        if (!mayMake) {
            throw new WrongShapeException(
                    node.location(),
                    "an element with " + wanted[1] + " was made, and its expression does not match it");
        }
        list.items().add(element(wanted));
        return elements(node, at, wanted, false);
    }

    private YamlNode element(String[] wanted) {
        YamlScalar value = YamlScalar.plain(wanted[1], by);
        if (wanted[0].isEmpty()) {
            return value;
        }
        YamlMap map = new YamlMap(new LinkedHashMap<>(), by);
        map.entries().put(wanted[0], value);
        return map;
    }

    /** What a missing part becomes, which depends on the step that is looked up in it. */
    private YamlNode made(int at) {
        if (at == steps.size() || steps.get(at).isEmpty()) {
            return switch (create) {
                case MAP -> new YamlMap(new LinkedHashMap<>(), by);
                case LIST -> new YamlList(new ArrayList<>(), by);
                default -> YamlScalar.plain("", by);
            };
        }
        String next = steps.get(at);
        return ReplacementPath.isElement(next) || ReplacementPath.position(next) >= 0
                ? new YamlList(new ArrayList<>(), by)
                : new YamlMap(new LinkedHashMap<>(), by);
    }

    /** kustomize matches the YAML text of a value with its quotes, so that {@code ^name$} finds only what has none. */
    static String writtenForm(YamlNode node) {
        if (!(node instanceof YamlScalar scalar)) {
            return dev.plumbline.registry.yaml.YamlWriter.write(node).strip();
        }
        boolean quoted = scalar.value() instanceof String && YamlScalar.needsQuotes(scalar.text());
        return scalar.quoted() || quoted
                ? '"' + scalar.text() + '"'
                : scalar.text().strip();
    }
}
