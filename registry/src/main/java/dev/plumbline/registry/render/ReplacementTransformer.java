package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code replacements} of one kustomization. A value that goes into a field with a single value takes that field's type:
 * {@code 5} becomes text where text stood. A field that is made takes the type that the value has without quotes.
 */
final class ReplacementTransformer implements Transformer {

    private static final String RULE = "render-replacement";

    private final List<Replacement> replacements;
    private final Problems problems;

    ReplacementTransformer(List<Replacement> replacements, Problems problems) {
        this.replacements = List.copyOf(replacements);
        this.problems = problems;
    }

    @Override
    public void apply(Resources resources) {
        for (Replacement replacement : replacements) {
            try {
                Resource from = replacement.source() == null ? null : source(replacement.source(), resources);
                Value value = value(replacement, from);
                UnaryOperator<Value> live = live(replacement, from);
                for (Replacement.Target target : replacement.targets()) {
                    for (Resource resource : resources.list()) {
                        if (target.selects(resource)) {
                            value = write(resource, value, target, resource.equals(from) ? live : now -> now);
                            remember(resource, from, target.place());
                        }
                    }
                }
            } catch (WrongShapeException e) {
                if (e.isByDecision()) {
                    problems.error(
                            "render-text-layout",
                            e.place(),
                            e.reason(),
                            "take it out of the text, write to the whole text, or make the text by configMapGenerator");
                } else {
                    problems.error(RULE, e.place(), e.reason(), "correct the selector, the path or the object");
                }
                return;
            }
        }
    }

    /** A value on its way; a typed one keeps its type where it replaces a map or list. */
    private record Value(YamlNode node, boolean typed) {

        String text() {
            return node instanceof YamlScalar scalar ? scalar.text() : "";
        }

        ReplacementMatch.Create kind() {
            return switch (node) {
                case YamlMap _ -> ReplacementMatch.Create.MAP;
                case YamlList _ -> ReplacementMatch.Create.LIST;
                case YamlScalar _ -> ReplacementMatch.Create.SCALAR;
            };
        }
    }

    private static Resource source(Replacement.Source source, Resources resources) {
        List<Resource> found = resources.matching(source::selects);
        if (found.size() != 1) {
            throw new WrongShapeException(
                    source.place(),
                    found.isEmpty()
                            ? "the source " + source + " is not among the objects of this build"
                            : "the source " + source + " may be " + found.get(0).id() + " or "
                                    + found.get(1).id());
        }
        return found.getFirst();
    }

    private static Value value(Replacement replacement, @Nullable Resource from) {
        Replacement.Source source = replacement.source();
        if (source == null || from == null) {
            String text = replacement.value();
            return new Value(YamlScalar.plain(text == null ? "" : text, replacement.place()), false);
        }
        YamlNode found = lookUp(source, from);
        if (found == null || isEmpty(found)) {
            throw new WrongShapeException(
                    source.place(), "the field " + source.path().written() + " is missing in " + from.id());
        }
        String delimiter = source.options().delimiter();
        if (delimiter.isEmpty()) {
            return new Value(found.copy(), true);
        }
        YamlScalar scalar = single(found, source.place());
        String[] parts = scalar.text().split(Pattern.quote(delimiter), -1);
        int index = source.options().index();
        if (index < 0 || index >= parts.length) {
            throw new WrongShapeException(
                    source.place(), "the index " + index + " is out of bounds for the value " + scalar.text());
        }
        return new Value(new YamlScalar(scalar.value(), parts[index], scalar.location()), true);
    }

    /** The value as it stands now: kustomize holds on to its place, even where the path does not lead there any more. */
    private static UnaryOperator<Value> live(Replacement replacement, @Nullable Resource from) {
        Replacement.Source source = replacement.source();
        if (source == null || from == null || !replacement.isReadAgain()) {
            return before -> before;
        }
        FieldSlot kept = source.path().findSlot(from.node());
        return before -> {
            YamlNode now = kept == null ? from.node() : kept.get();
            return isEmpty(now) ? before : new Value(now.copy(), true);
        };
    }

    private static @Nullable YamlNode lookUp(Replacement.Source source, Resource from) {
        checkNotes(source.path(), from, source.place());
        try {
            return source.path().find(from.node());
        } catch (WrongShapeException e) {
            throw new WrongShapeException(
                    source.place(),
                    "the field " + source.path().written() + " is not in " + from.id() + ": " + e.reason());
        }
    }

    private static boolean isEmpty(YamlNode node) {
        return switch (node) {
            case YamlMap map -> map.entries().isEmpty();
            case YamlList list -> list.items().isEmpty();
            case YamlScalar scalar -> scalar.value() == null;
        };
    }

    private static YamlScalar single(YamlNode node, Location by) {
        if (node instanceof YamlScalar scalar) {
            return scalar;
        }
        throw new WrongShapeException(by, "a delimiter needs a single value, but here is a map or list");
    }

    /**
     * Writes to the fields of an object.
     *
     * @param next the value behind each write: another one where the object is the source, and kustomize reads it as it stands
     * @return the value as it is then
     */
    private Value write(Resource resource, Value given, Replacement.Target target, UnaryOperator<Value> next) {
        Value value = given;
        for (ReplacementPath path : target.paths()) {
            checkNotes(path, resource, target.place());
            value = writeInsideText(resource, value, path, target)
                    ? next.apply(value)
                    : writeFields(resource, value, path, target, next);
        }
        return value;
    }

    private static void checkNotes(ReplacementPath path, Resource resource, Location by) {
        if (path.isAllAnnotations() && resource.hasNotes()) {
            throw new WrongShapeException(
                    by,
                    "kustomize keeps notes in the annotations of " + resource.id() + " during a build, which "
                            + path.written() + " would copy or destroy; name single annotations");
        }
    }

    private Value writeFields(
            Resource resource,
            Value given,
            ReplacementPath path,
            Replacement.Target target,
            UnaryOperator<Value> next) {
        Value value = given;
        ReplacementMatch match;
        try {
            match = ReplacementMatch.of(resource.node(), path.steps(), create(value, target), target.place());
        } catch (WrongShapeException e) {
            throw missing(resource, path, target, ": " + e.reason());
        }
        if (match.slots().isEmpty()) {
            throw missing(resource, path, target, "");
        }
        if (match.isDetached()) {
            unchanged(resource, path, target, "it leads into a text or through a null");
        } else {
            for (FieldSlot slot : match.slots()) {
                set(slot, value, target);
                value = next.apply(value);
            }
            SharedEntries.spread(resource.node());
        }
        return value;
    }

    private void unchanged(Resource resource, ReplacementPath path, Replacement.Target target, String why) {
        problems.warning(
                RULE,
                target.place(),
                "the path " + path.written() + " changes nothing in " + resource.id()
                        + ", in kustomize as here, because " + why,
                "write to the whole field, or give the field a value first");
    }

    private static WrongShapeException missing(
            Resource resource, ReplacementPath path, Replacement.Target target, String why) {
        String tried = target.options().create() ? " can neither be found nor made in " : " is not in ";
        return new WrongShapeException(target.place(), "the field " + path.written() + tried + resource.id() + why);
    }

    private static ReplacementMatch.Create create(Value value, Replacement.Target target) {
        return target.options().create() ? value.kind() : ReplacementMatch.Create.NOTHING;
    }

    /** Writes into a document that is the text of a field; false where the path does not lead into one. */
    private boolean writeInsideText(Resource resource, Value value, ReplacementPath path, Replacement.Target target) {
        EmbeddedText text = EmbeddedText.on(resource.node(), path.steps());
        List<FieldSlot> slots = text == null ? List.of() : text.slots(create(value, target), target.place());
        if (text == null || slots.isEmpty()) {
            return false;
        }
        if (text.isYaml()) {
            slots.forEach(slot -> text.put(slot, value.node(), textFor(slot.get(), value, target), target.place()));
        } else {
            slots.forEach(slot -> set(slot, value, target));
            if (!text.isJson()) {
                return false; // kustomize looks for the field once more, as if this were no JSON.
            }
        }
        text.store();
        if (text.damage() != null) {
            problems.warning(
                    RULE,
                    target.place(),
                    "the path " + path.written() + " leads into a text of " + resource.id() + ", where " + text.damage()
                            + ", in kustomize as here",
                    "write to the whole text, or make the text by configMapGenerator");
        }
        return true;
    }

    /** The text that a field with a single value gets. */
    private static String textFor(YamlNode old, Value value, Replacement.Target target) {
        return target.options().delimiter().isEmpty()
                ? value.text()
                : target.options().joined(single(old, target.place()).text(), value.text());
    }

    private void set(FieldSlot slot, Value value, Replacement.Target target) {
        YamlNode old = slot.get();
        String text = textFor(old, value, target);
        if (old instanceof YamlScalar scalar) {
            boolean free = scalar.form() == YamlScalar.Form.UNTYPED || made(scalar, target);
            YamlScalar next =
                    free ? WrittenText.untyped(text, target.place()) : WrittenText.typed(scalar, text, target.place());
            slot.set(free || next.form() == YamlScalar.Form.UNFIT ? next : next.inPlaceOf(scalar));
        } else if (value.node() instanceof YamlScalar scalar) {
            slot.set(
                    value.typed()
                            ? WrittenText.typed(scalar, text, target.place())
                            : WrittenText.plain(text, target.place()));
        } else {
            slot.set(value.node().copy());
        }
    }

    /** What the path has made just now stands where the target stands. */
    private static boolean made(YamlScalar scalar, Replacement.Target target) {
        return target.options().create() && scalar.location().equals(target.place());
    }

    private static void remember(Resource resource, @Nullable Resource from, Location by) {
        resource.patches.add(by);
        if (from != null && from != resource) {
            resource.files.add(from.place.file());
            resource.files.addAll(from.files);
        }
    }
}
