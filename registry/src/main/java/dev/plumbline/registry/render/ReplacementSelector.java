package dev.plumbline.registry.render;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@code select} or {@code reject} of a replacement. Its id parts must match one and the same present or former id of an
 * object, the namespace as it is written: an object without one is not in {@code default} here. A {@code reject} with both
 * id parts and label or annotation selectors rejects what matches either.
 */
final class ReplacementSelector {

    private static final List<String> FIELDS =
            List.of("group", "version", "kind", "name", "namespace", "labelSelector", "annotationSelector");

    private enum Part {
        GROUP,
        VERSION,
        KIND,
        NAME,
        NAMESPACE;

        private final String field = name().toLowerCase(Locale.ROOT);
    }

    private final Map<Part, BoundedPattern> patterns = new EnumMap<>(Part.class);
    private final LabelSelector labels;
    private final LabelSelector annotations;
    private final boolean hasTexts;

    private ReplacementSelector(LabelSelector labels, LabelSelector annotations, boolean hasTexts) {
        this.labels = labels;
        this.annotations = annotations;
        this.hasTexts = hasTexts;
    }

    /**
     * Reads a selector; null, with findings, where an expression is broken.
     *
     * @param strict whether an unknown field is an error
     */
    static @Nullable ReplacementSelector of(Fields fields, boolean strict, Problems problems) {
        if (strict) {
            fields.onlyKnown(FIELDS, "a selector");
        }
        LabelSelector labels = texts(fields, "labelSelector", problems);
        LabelSelector annotations = texts(fields, "annotationSelector", problems);
        if (labels == null || annotations == null) {
            return null;
        }
        boolean hasTexts = !fields.text("labelSelector").isEmpty()
                || !fields.text("annotationSelector").isEmpty();
        ReplacementSelector selector = new ReplacementSelector(labels, annotations, hasTexts);
        for (Part part : Part.values()) {
            String expression = fields.text(part.field);
            if (expression.isEmpty()) {
                continue;
            }
            BoundedPattern pattern = BoundedPattern.compile(expression);
            if (pattern == null) {
                problems.error(
                        "render-selector",
                        fields.place(part.field),
                        expression + " is not a regular expression",
                        "escape its special characters with \\");
                return null;
            }
            selector.patterns.put(part, pattern);
        }
        return selector;
    }

    private static @Nullable LabelSelector texts(Fields fields, String field, Problems problems) {
        LabelSelector selector = LabelSelector.parse(fields.text(field));
        if (selector == null) {
            problems.error(
                    "render-selector",
                    fields.place(field),
                    fields.text(field) + " is not a selector",
                    "write it like app=web,tier!=cache,env in (dev,staging)");
        }
        return selector;
    }

    boolean hasTexts() {
        return hasTexts;
    }

    boolean hasId() {
        return !patterns.isEmpty();
    }

    boolean matchesTexts(Resource resource) {
        return !hasTexts || (labels.matches(resource.labels()) && annotations.matches(resource.annotations()));
    }

    /** Former ids have their own kind, name and namespace, but the present group and version. */
    boolean matchesAnyId(Resource resource) {
        if (patterns.isEmpty()) {
            return true;
        }
        Gvk gvk = resource.gvk();
        if (!matches(Part.GROUP, gvk.group()) || !matches(Part.VERSION, gvk.version())) {
            return false;
        }
        return matches(gvk.kind(), resource.name(), resource.namespace())
                || resource.previousIds.stream().anyMatch(id -> matches(id.gvk().kind(), id.name(), id.namespace()));
    }

    private boolean matches(String kind, String name, String namespace) {
        return matches(Part.KIND, kind) && matches(Part.NAME, name) && matches(Part.NAMESPACE, namespace);
    }

    private boolean matches(Part part, String text) {
        BoundedPattern pattern = patterns.get(part);
        return pattern == null || pattern.matches(text);
    }
}
