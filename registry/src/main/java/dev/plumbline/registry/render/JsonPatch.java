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
     * @return the object as it went through JSON
     * @throws WrongShapeException at the operation that cannot be applied
     */
    YamlMap apply(YamlMap object) {
        Unwritable unfit = Unwritable.unfitIn(object);
        if (unfit != null) {
            throw new WrongShapeException(unfit.place(), unfit.reason());
        }
        YamlMap patched = object;
        for (YamlNode operation : operations.items()) {
            if (!(operation instanceof YamlMap map)) {
                throw new WrongShapeException(operation.location(), "a JSON patch is a list of operations");
            }
            if (isWhole(map)) {
                patched = whole(patched, map);
            } else {
                apply(patched, map);
            }
        }
        return JsonForm.of(patched);
    }

    private static boolean isWhole(YamlMap operation) {
        String op = text(operation, "op");
        return text(operation, "path").isEmpty() && (op.equals("replace") || op.equals("test"));
    }

    /** The empty path is the object itself. */
    private static YamlMap whole(YamlMap object, YamlMap operation) {
        if (text(operation, "op").equals("test")) {
            test(object, operation, operation.location());
            return object;
        }
        if (value(operation) instanceof YamlMap other) {
            return other;
        }
        throw new WrongShapeException(operation.location(), "an object can only be replaced by an object");
    }

    private static void apply(YamlMap object, YamlMap operation) {
        Location place = operation.location();
        String path = text(operation, "path");
        switch (text(operation, "op")) {
            case "add" -> add(object, path, value(operation), place);
            case "replace" -> {
                set(object, path, value(operation), place);
            }
            case "remove" -> take(object, path, place);
            case "move" -> add(object, path, take(object, text(operation, "from"), place), place);
            case "copy" -> add(object, path, get(object, text(operation, "from"), place), place);
            case "test" -> test(get(object, path, place), operation, place);
            default -> throw new WrongShapeException(place, "op must be add, remove, replace, move, copy or test");
        }
    }

    private static String text(YamlMap operation, String field) {
        if (operation.child(field) instanceof YamlScalar scalar && scalar.value() instanceof String text) {
            return text;
        }
        throw new WrongShapeException(operation.location(), "a patch operation needs the text " + field);
    }

    /** A value that is left out is null. */
    private static YamlNode value(YamlMap operation) {
        YamlNode value = operation.child("value");
        return value == null ? spelledNull(operation.location()) : asKubectl(value);
    }

    /** Null as JSON spells it, however it was written. */
    private static YamlScalar spelledNull(Location place) {
        return new YamlScalar(null, "null", place);
    }

    /** kustomize reads a JSON patch as kubectl reads YAML: {@code yes} is true. */
    private static YamlNode asKubectl(YamlNode node) {
        return switch (node) {
            case YamlMap map -> {
                YamlMap copy = map.copy();
                copy.entries().replaceAll((_, child) -> asKubectl(child));
                yield copy;
            }
            case YamlList list ->
                new YamlList(
                        new ArrayList<>(
                                list.items().stream().map(JsonPatch::asKubectl).toList()),
                        list.location());
            case YamlScalar scalar -> {
                Boolean flag = scalar.booleanToKubectl();
                YamlScalar same = scalar.value() == null ? spelledNull(scalar.location()) : scalar;
                yield flag == null ? same : new YamlScalar(flag, scalar.location());
            }
        };
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

    private static YamlNode take(YamlMap object, String path, Location place) {
        List<String> steps = steps(path, place);
        String last = steps.getLast();
        YamlNode parent = parent(object, steps, path, place);
        if (parent instanceof YamlMap map) {
            YamlNode found = map.entries().remove(last);
            if (found != null) {
                return found;
            }
        } else if (parent instanceof YamlList list) {
            return list.items().remove(index(last, list.items().size(), path, place));
        }
        throw missing(path, place);
    }

    /** A copy of what stands at a path. A field that is missing in a map that is there counts as null. */
    private static YamlNode get(YamlMap object, String path, Location place) {
        List<String> steps = steps(path, place);
        YamlNode found = switch (parent(object, steps, path, place)) {
            case YamlMap map -> map.child(steps.getLast());
            case YamlList list ->
                list.items().get(index(steps.getLast(), list.items().size(), path, place));
            case YamlScalar _ -> throw missing(path, place);
        };
        return found == null ? spelledNull(place) : found.copy();
    }

    private static void test(YamlNode found, YamlMap operation, Location place) {
        YamlNode expected = operation.child("value");
        if (expected == null || !CanonicalForm.text(expected.value()).equals(CanonicalForm.text(found.value()))) {
            throw new WrongShapeException(
                    place, "the test of " + text(operation, "path") + " fails: it holds another value");
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
        if (step.matches("[-+]?[0-9]{1,9}")) {
            int number = Integer.parseInt(step);
            index = number < 0 ? number + size : number;
        }
        if (index == null || index < 0 || index >= size) {
            throw new WrongShapeException(place, "the list at " + path + " has no position " + step);
        }
        return index;
    }

    /** What stands before the first slash does not count. */
    private static List<String> steps(String path, Location place) {
        int slash = path.indexOf('/');
        if (slash < 0) {
            throw new WrongShapeException(place, "the path " + path + " must begin with /");
        }
        List<String> steps = new ArrayList<>();
        for (String step : path.substring(slash + 1).split("/", -1)) {
            steps.add(step.replace("~1", "/").replace("~0", "~"));
        }
        return steps;
    }

    private static WrongShapeException missing(String path, Location place) {
        return new WrongShapeException(place, "the object has nothing at " + path);
    }
}
