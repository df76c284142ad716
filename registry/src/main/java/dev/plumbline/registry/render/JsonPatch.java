package dev.plumbline.registry.render;

import dev.plumbline.registry.manifest.CanonicalForm;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON patch (RFC 6902) on nodes, with the leniency of the library that kustomize uses: negative list positions count back. */
final class JsonPatch {

    private final YamlList operations;

    JsonPatch(YamlList operations) {
        this.operations = operations;
    }

    /**
     * Applies all operations in order.
     *
     * @throws WrongShapeException at the operation that cannot be applied
     */
    void apply(YamlMap object) {
        for (YamlNode operation : operations.items()) {
            if (!(operation instanceof YamlMap map)) {
                throw new WrongShapeException(operation.location(), "a JSON patch is a list of operations");
            }
            apply(object, map);
        }
    }

    private static void apply(YamlMap object, YamlMap operation) {
        Location place = operation.location();
        String path = text(operation, "path");
        switch (text(operation, "op")) {
            case "add" -> add(object, path, value(operation), place);
            case "replace" -> {
                take(object, path, place, false);
                set(object, path, value(operation), place);
            }
            case "remove" -> take(object, path, place, true);
            case "move" -> add(object, path, take(object, text(operation, "from"), place, true), place);
            case "copy" ->
                add(
                        object,
                        path,
                        take(object, text(operation, "from"), place, false).copy(),
                        place);
            case "test" -> test(object, path, operation, place);
            default -> throw new WrongShapeException(place, "op must be add, remove, replace, move, copy or test");
        }
    }

    private static String text(YamlMap operation, String field) {
        if (operation.child(field) instanceof YamlScalar scalar && scalar.value() instanceof String text) {
            return text;
        }
        throw new WrongShapeException(operation.location(), "a patch operation needs the text " + field);
    }

    private static YamlNode value(YamlMap operation) {
        YamlNode value = operation.child("value");
        if (value == null) {
            throw new WrongShapeException(operation.location(), "a patch operation needs a value");
        }
        return value.copy();
    }

    private static void add(YamlMap object, String path, YamlNode value, Location place) {
        List<String> steps = steps(path, place);
        String last = steps.getLast();
        switch (parent(object, steps, path, place)) {
            case YamlMap map -> map.entries().put(last, value);
            case YamlList list -> {
                int size = list.items().size();
                int index = last.equals("-") ? size : index(last, size + 1, path, place);
                list.items().add(index, value);
            }
            case YamlScalar _ -> throw missing(path, place);
        }
    }

    private static void set(YamlMap object, String path, YamlNode value, Location place) {
        List<String> steps = steps(path, place);
        String last = steps.getLast();
        switch (parent(object, steps, path, place)) {
            case YamlMap map -> map.entries().put(last, value);
            case YamlList list -> list.items().set(index(last, list.items().size(), path, place), value);
            case YamlScalar _ -> throw missing(path, place);
        }
    }

    /** What stands at a path, taken out where asked. */
    private static YamlNode take(YamlMap object, String path, Location place, boolean remove) {
        List<String> steps = steps(path, place);
        String last = steps.getLast();
        YamlNode parent = parent(object, steps, path, place);
        if (parent instanceof YamlMap map) {
            YamlNode found = remove ? map.entries().remove(last) : map.entries().get(last);
            if (found != null) {
                return found;
            }
        } else if (parent instanceof YamlList list) {
            int index = index(last, list.items().size(), path, place);
            return remove ? list.items().remove(index) : list.items().get(index);
        }
        throw missing(path, place);
    }

    private static void test(YamlMap object, String path, YamlMap operation, Location place) {
        YamlNode expected = operation.child("value");
        Object wanted = expected == null ? null : expected.value();
        Object found;
        try {
            found = take(object, path, place, false).value();
        } catch (WrongShapeException e) {
            if (wanted != null) {
                throw e;
            }
            found = null;
        }
        if (!CanonicalForm.text(wanted).equals(CanonicalForm.text(found))) {
            throw new WrongShapeException(place, "the test of " + path + " fails: it holds another value");
        }
    }

    private static YamlNode parent(YamlMap object, List<String> steps, String path, Location place) {
        YamlNode node = object;
        for (String step : steps.subList(0, steps.size() - 1)) {
            YamlNode next = switch (node) {
                case YamlMap map -> map.child(step);
                case YamlList list -> list.items().get(index(step, list.items().size(), path, place));
                case YamlScalar _ -> null;
            };
            if (next == null) {
                throw missing(path, place);
            }
            node = next;
        }
        return node;
    }

    private static int index(String step, int size, String path, Location place) {
        @Nullable Integer index = null;
        if (step.matches("-?[0-9]{1,9}")) {
            int number = Integer.parseInt(step);
            index = number < 0 ? number + size : number;
        }
        if (index == null || index < 0 || index >= size) {
            throw new WrongShapeException(place, "the list at " + path + " has no position " + step);
        }
        return index;
    }

    private static List<String> steps(String path, Location place) {
        if (!path.startsWith("/")) {
            throw new WrongShapeException(place, "the path " + path + " must begin with /");
        }
        List<String> steps = new ArrayList<>();
        for (String step : path.substring(1).split("/", -1)) {
            steps.add(step.replace("~1", "/").replace("~0", "~"));
        }
        return steps;
    }

    private static WrongShapeException missing(String path, Location place) {
        return new WrongShapeException(place, "the object has nothing at " + path);
    }
}
