package dev.plumbline.registry.render;

import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * kustomize's strategic merge: maps merge, keyed lists of built-in kinds merge by key with the patch's elements first, other
 * lists are replaced, null removes, and {@code $patch: delete | replace | merge} does what it says. Works in place on the
 * target and consumes the patch, so each use needs its own copy of it.
 */
final class StrategicMerge {

    private static final String DIRECTIVE = "$patch";

    /** What a patch says of a whole map or list. */
    private enum Directive {
        MERGE,
        REPLACE,
        DELETE
    }

    private StrategicMerge() {}

    /**
     * Merges a patch into an object. As in kustomize, {@code $patch: replace} of the whole object changes nothing.
     *
     * @return the object; null when the patch deletes it
     * @throws WrongShapeException where the patch has another type of value than the object
     */
    static @Nullable YamlMap apply(YamlMap object, YamlMap patch) {
        if (patch.child(DIRECTIVE) instanceof YamlScalar directive
                && directive.text().equals("replace")) {
            byKind(object, patch); // Asked all the same, which has the built-in schema read in front of another one.
            return object;
        }
        return (YamlMap) merge(object, patch, null);
    }

    /** Merges one value; null or a null scalar when nothing is left. */
    static @Nullable YamlNode merge(
            @Nullable YamlNode target, @Nullable YamlNode patch, BuiltInKinds.@Nullable Field known) {
        BuiltInKinds.Field facts = known != null ? known : byKind(target, patch);
        YamlNode first = isNull(target) ? patch : target;
        if (first == null || isNull(first)) {
            return patch;
        }
        checkSameKind(first, patch);
        return switch (first) {
            case YamlScalar _ -> patch != null ? patch : target;
            case YamlMap _ -> maps((YamlMap) orNull(target), patch, facts);
            case YamlList _ ->
                facts == null || facts.keys() == null
                        ? (patch != null ? patch : target)
                        : lists((YamlList) orNull(target), patch, facts);
        };
    }

    /** What has no type is no null to kustomize, also where it is written and read as one. */
    static boolean isNull(@Nullable YamlNode node) {
        return node == null
                || (node instanceof YamlScalar scalar
                        && scalar.value() == null
                        && scalar.form() != YamlScalar.Form.UNTYPED);
    }

    private static @Nullable YamlNode orNull(@Nullable YamlNode node) {
        return isNull(node) ? null : node;
    }

    private static void checkSameKind(YamlNode first, @Nullable YamlNode patch) {
        if (patch != null && !isNull(patch) && first.getClass() != patch.getClass()) {
            throw new WrongShapeException(
                    patch.location(),
                    "the patch has " + name(patch) + " where the object has " + name(first) + " (" + first.location()
                            + ")");
        }
    }

    private static String name(YamlNode node) {
        return switch (node) {
            case YamlMap _ -> "a map";
            case YamlList _ -> "a list";
            case YamlScalar _ -> "a single value";
        };
    }

    /** By the kind of the object, or, where no schema has that, by the kind that the patch says. */
    private static BuiltInKinds.@Nullable Field byKind(@Nullable YamlNode target, @Nullable YamlNode patch) {
        for (YamlNode node : new YamlNode[] {target, patch}) {
            if (node instanceof YamlMap map) {
                Gvk gvk = Gvk.of(map);
                if (!gvk.kind().isEmpty() && !gvk.version().isEmpty()) {
                    String type = OpenApi.current().typeOf(gvk.apiVersion(), gvk.kind());
                    if (type != null) {
                        return new BuiltInKinds.Field(type, null, null);
                    }
                }
            }
        }
        return null;
    }

    private static @Nullable YamlNode maps(
            @Nullable YamlMap target, @Nullable YamlNode patch, BuiltInKinds.@Nullable Field facts) {
        if (target != null && patch != null && isNull(patch)) {
            return patch;
        }
        YamlMap changes = (YamlMap) patch;
        Directive directive = changes == null ? Directive.MERGE : directive(changes);
        if (directive == Directive.DELETE) {
            return null;
        }
        YamlMap result = target == null || directive == Directive.REPLACE ? changes : target;
        if (result == null) {
            return null;
        }
        SortedSet<String> names = new TreeSet<>(result.entries().keySet());
        if (changes != null) {
            names.addAll(changes.entries().keySet());
        }
        for (String name : names) {
            YamlNode old = result.child(name);
            YamlNode change = changes == null ? null : changes.child(name);
            // A null that is spelled out stays when the patch does not mention it; an empty value goes.
            boolean keep = change == null
                    && old instanceof YamlScalar scalar
                    && !scalar.text().isEmpty();
            YamlNode merged = keep ? old : merge(old, change, field(facts, name));
            if (!keep && isNull(merged)) {
                result.entries().remove(name);
            } else if (merged != null) {
                result.entries().put(name, styled(merged, old));
            }
        }
        return result;
    }

    /** What takes the place of a value takes its style: quotes, braces and brackets, or none. */
    @SuppressWarnings("ReferenceEquality") // The same node means that nothing was put in its place.
    private static YamlNode styled(YamlNode merged, @Nullable YamlNode old) {
        boolean placed = old != null && merged != old;
        return switch (merged) {
            case YamlMap map -> placed ? new YamlMap(map.entries(), map.location(), isFlow(old)) : map;
            case YamlList list -> placed ? new YamlList(list.items(), list.location(), isFlow(old)) : list;
            case YamlScalar scalar ->
                placed && old instanceof YamlScalar before ? scalar.inPlaceOf(before) : quotedWhereAmbiguous(scalar);
        };
    }

    private static boolean isFlow(@Nullable YamlNode node) {
        return (node instanceof YamlMap map && map.flow()) || (node instanceof YamlList list && list.flow());
    }

    /**
     * A text that stands without quotes, because it took the place of a number or has no type, gets them when the next merge
     * comes by.
     */
    private static YamlScalar quotedWhereAmbiguous(YamlScalar scalar) {
        String text = scalar.text();
        boolean ambiguous = (scalar.value() instanceof String || scalar.form() == YamlScalar.Form.UNTYPED)
                && !scalar.quoted()
                && YamlScalar.isReadAsAnother(text);
        return ambiguous
                ? new YamlScalar(text, text, scalar.location(), YamlScalar.Form.QUOTED, scalar.shared())
                : scalar;
    }

    private static BuiltInKinds.@Nullable Field field(BuiltInKinds.@Nullable Field facts, String name) {
        if (facts == null) {
            return null;
        }
        if (facts.values() != null) {
            return new BuiltInKinds.Field(facts.values(), null, null);
        }
        return OpenApi.current().field(facts.type(), name);
    }

    private static @Nullable YamlNode lists(
            @Nullable YamlList target, @Nullable YamlNode patch, BuiltInKinds.Field facts) {
        if (!(patch instanceof YamlList changes)) {
            return target == null || patch != null ? patch : new KeyedList(facts, target, null).merged();
        }
        if (target == null) {
            return new KeyedList(facts, changes, changes).merged();
        }
        Directive directive = directive(changes);
        if (directive == Directive.DELETE) {
            return null;
        }
        return new KeyedList(facts, directive == Directive.REPLACE ? changes : target, changes).merged();
    }

    private static Directive directive(YamlMap patch) {
        YamlNode directive = patch.child(DIRECTIVE);
        if (directive == null) {
            return Directive.MERGE;
        }
        Directive found = directive(directive);
        patch.entries().remove(DIRECTIVE);
        return found;
    }

    /** A list's directive is an element of its own: a map with nothing else in it. */
    private static Directive directive(YamlList patch) {
        for (YamlNode item : patch.items()) {
            if (item instanceof YamlMap map && map.child(DIRECTIVE) != null) {
                if (map.entries().size() > 1) {
                    return Directive.MERGE;
                }
                YamlNode value = map.child(DIRECTIVE);
                Directive found = directive(value);
                List<YamlNode> rest = new ArrayList<>();
                for (YamlNode other : patch.items()) {
                    boolean same = other instanceof YamlMap candidate
                            && candidate.child(DIRECTIVE) != null
                            && KeyedList.text(candidate.child(DIRECTIVE)).equals(KeyedList.text(value));
                    if (!same) {
                        rest.add(other);
                    }
                }
                patch.items().clear();
                patch.items().addAll(rest);
                return found;
            }
        }
        return Directive.MERGE;
    }

    private static Directive directive(YamlNode value) {
        return switch (KeyedList.text(value)) {
            case "merge" -> Directive.MERGE;
            case "replace" -> Directive.REPLACE;
            case "delete" -> Directive.DELETE;
            default ->
                throw new WrongShapeException(
                        value.location(), "$patch must be merge, replace or delete, not " + KeyedList.text(value));
        };
    }
}
