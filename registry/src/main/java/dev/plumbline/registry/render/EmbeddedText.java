package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.yaml.TextDocument;
import dev.plumbline.registry.yaml.TextNotKeptException;
import dev.plumbline.registry.yaml.YamlDocuments;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlParser;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document inside the text of a field, which a replacement's path leads into: JSON, which is written again in Go's form, or YAML,
 * which keeps most of its layout.
 */
final class EmbeddedText {

    private final FieldSlot slot;
    private final YamlScalar scalar;
    private final YamlNode root;
    private final @Nullable TextDocument yaml;
    private final List<String> rest;
    private final boolean whole;

    private EmbeddedText(
            FieldSlot slot,
            YamlScalar scalar,
            YamlNode root,
            @Nullable TextDocument yaml,
            List<String> rest,
            boolean whole) {
        this.slot = slot;
        this.scalar = scalar;
        this.root = root;
        this.yaml = yaml;
        this.rest = rest;
        this.whole = whole;
    }

    /**
     * The document that the path leads into; null where it leads into none.
     *
     * @throws WrongShapeException where kustomize would edit the text and this renderer does not
     */
    static @Nullable EmbeddedText on(YamlNode object, List<String> steps) {
        for (int i = 1; i < steps.size(); i++) {
            FieldSlot slot = slot(object, steps.subList(0, i));
            if (slot == null) {
                return null;
            }
            if (slot.get() instanceof YamlScalar scalar) {
                return scalar.value() instanceof String ? on(slot, scalar, steps.subList(i, steps.size())) : null;
            }
        }
        return null;
    }

    private static @Nullable EmbeddedText on(FieldSlot slot, YamlScalar scalar, List<String> rest) {
        if (looksLikeJson(scalar.text())) {
            return json(slot, scalar, rest);
        }
        try {
            TextDocument yaml = TextDocument.read(scalar.text(), scalar.location());
            return yaml == null ? null : new EmbeddedText(slot, scalar, yaml.root(), yaml, rest, yaml.isAlone());
        } catch (TextNotKeptException e) {
            throw notKept(scalar, e);
        }
    }

    /** Of JSON, too, only the first document counts, whatever follows it. */
    private static @Nullable EmbeddedText json(FieldSlot slot, YamlScalar scalar, List<String> rest) {
        YamlDocuments documents = YamlParser.parse(scalar.location(), scalar.text());
        boolean whole = !documents.broken() && documents.documents().size() == 1;
        YamlNode root = whole ? documents.documents().getFirst() : first(scalar);
        return root == null || root instanceof YamlScalar
                ? null
                : new EmbeddedText(slot, scalar, root, null, rest, whole);
    }

    private static @Nullable YamlNode first(YamlScalar scalar) {
        try {
            TextDocument document = TextDocument.read(scalar.text(), scalar.location());
            return document == null || document.isAlone() ? null : document.root();
        } catch (TextNotKeptException e) {
            return null;
        }
    }

    private static WrongShapeException notKept(YamlScalar scalar, TextNotKeptException e) {
        return WrongShapeException.byDecision(
                scalar.location(),
                "the YAML text here cannot be written again as kustomize does, because it has " + e.reason());
    }

    private static @Nullable FieldSlot slot(YamlNode object, List<String> steps) {
        ReplacementPath path = new ReplacementPath("", steps);
        try {
            return path.findSlot(object);
        } catch (WrongShapeException e) {
            return null;
        }
    }

    /** The first document of a text; null when it holds none, or a part of it is not YAML. */
    static @Nullable YamlNode parse(YamlScalar scalar) {
        YamlDocuments documents = YamlParser.parse(scalar.location(), scalar.text());
        return documents.broken() || documents.documents().isEmpty()
                ? null
                : documents.documents().getFirst();
    }

    private static boolean looksLikeJson(String text) {
        String start = text.strip();
        return start.startsWith("{") || start.startsWith("[");
    }

    /** The places inside the document that the path leads to; none where it cannot be followed. */
    List<FieldSlot> slots(ReplacementMatch.Create create, Location by) {
        try {
            return ReplacementMatch.of(root, rest, create, by, this::written).slots();
        } catch (WrongShapeException e) {
            return List.of();
        }
    }

    /** Whether it is YAML, where a value that does not fit the type of its place is written with that type's tag. */
    boolean isYaml() {
        return yaml != null;
    }

    /** Whether it can be written as JSON: a value that does not fit the type of its place cannot. */
    boolean isJson() {
        return Unwritable.unfitIn(root) == null;
    }

    /** What the expressions of a path see of a value. */
    private String written(YamlNode node) {
        return yaml == null ? ReplacementMatch.writtenForm(node) : yaml.written(node);
    }

    /**
     * Puts a value into YAML, where only the characters count.
     *
     * @param text what a place with a single value gets
     * @throws WrongShapeException where kustomize would write the value in the form that it has in its own file
     */
    void put(FieldSlot slot, YamlNode value, String text, Location by) {
        boolean plain = value instanceof YamlScalar single && (!single.quoted() || slot.get() instanceof YamlScalar);
        if (!plain) {
            throw WrongShapeException.byDecision(
                    by, "into YAML text only single values can be written, and only in the place of single values");
        }
        slot.set(new YamlScalar(text, by));
    }

    /** Puts the changed document back as the field's text, in the form in which kustomize writes it. */
    void store() {
        slot.set(new YamlScalar(yaml == null ? json() : text(yaml), scalar.location()).inPlaceOf(scalar));
    }

    /** What kustomize damages in the text, as we do; null for nothing. */
    @Nullable
    String damage() {
        if (!whole) {
            return "all that stands behind the first document is gone";
        }
        return yaml != null && yaml.isTagged() ? "a value stands behind the tag of a type that it does not have" : null;
    }

    private String text(TextDocument document) {
        try {
            return document.write();
        } catch (TextNotKeptException e) {
            throw notKept(scalar, e);
        }
    }

    private String json() {
        String old = scalar.text();
        boolean pretty = old.contains("\n") && old.contains("  ");
        return pretty ? GoJson.indented(root.value()) : GoJson.write(root.value());
    }
}
