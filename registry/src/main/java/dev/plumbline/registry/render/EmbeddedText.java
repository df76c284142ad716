package dev.plumbline.registry.render;

import dev.plumbline.registry.yaml.YamlDocuments;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlParser;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A document inside the text of a field, which a replacement's path leads into. */
final class EmbeddedText {

    private final FieldSlot slot;
    private final YamlScalar scalar;
    private final YamlNode root;
    private final List<String> rest;

    private EmbeddedText(FieldSlot slot, YamlScalar scalar, YamlNode root, List<String> rest) {
        this.slot = slot;
        this.scalar = scalar;
        this.root = root;
        this.rest = rest;
    }

    /**
     * The document that the path leads into; null where it leads into none.
     *
     * @throws WrongShapeException where kustomize would edit the text and this renderer cannot
     */
    static @Nullable EmbeddedText on(YamlNode object, List<String> steps) {
        for (int i = 1; i < steps.size(); i++) {
            FieldSlot slot = slot(object, steps.subList(0, i));
            if (slot == null) {
                return null;
            }
            if (slot.get() instanceof YamlScalar scalar) {
                YamlNode root = scalar.value() instanceof String ? parse(scalar) : null;
                if (root == null || root instanceof YamlScalar) {
                    return null;
                }
                if (!isJson(scalar.text())) {
                    throw new WrongShapeException(
                            scalar.location(),
                            "a replacement inside YAML text is not supported, because kustomize lays out the text anew");
                }
                return new EmbeddedText(slot, scalar, root, steps.subList(i, steps.size()));
            }
        }
        return null;
    }

    private static @Nullable FieldSlot slot(YamlNode object, List<String> steps) {
        ReplacementPath path = new ReplacementPath("", steps);
        try {
            return path.findSlot(object);
        } catch (WrongShapeException e) {
            return null;
        }
    }

    /** The first document of a text; null when it holds none or is not YAML. */
    static @Nullable YamlNode parse(YamlScalar scalar) {
        YamlDocuments documents = YamlParser.parse(scalar.location(), scalar.text());
        return documents.broken() || documents.documents().isEmpty()
                ? null
                : documents.documents().getFirst();
    }

    private static boolean isJson(String text) {
        String start = text.strip();
        return start.startsWith("{") || start.startsWith("[");
    }

    YamlNode root() {
        return root;
    }

    /** The steps inside the document. */
    List<String> rest() {
        return rest;
    }

    /** Puts the changed document back as the field's text, in the form in which kustomize writes it. */
    void store() {
        String old = scalar.text();
        boolean pretty = old.contains("\n") && old.contains("  ");
        slot.set(
                new YamlScalar(pretty ? GoJson.indented(root.value()) : GoJson.write(root.value()), scalar.location()));
    }
}
