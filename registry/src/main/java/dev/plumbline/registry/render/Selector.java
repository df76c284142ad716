package dev.plumbline.registry.render;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A patch's {@code target}: regular expressions that must match whole, and selectors of labels and annotations. */
final class Selector {

    private static final List<String> FIELDS =
            List.of("group", "version", "kind", "name", "namespace", "labelSelector", "annotationSelector");

    private enum Part {
        GROUP,
        VERSION,
        KIND,
        NAME,
        NAMESPACE
    }

    private final Map<Part, BoundedPattern> patterns = new EnumMap<>(Part.class);
    private final LabelSelector labels;
    private final LabelSelector annotations;

    private Selector(LabelSelector labels, LabelSelector annotations) {
        this.labels = labels;
        this.annotations = annotations;
    }

    /** Reads a target; null, with findings, where an expression is broken. */
    static @Nullable Selector of(Fields target, Problems problems) {
        target.onlyKnown(FIELDS, "a target");
        LabelSelector labels = LabelSelector.parse(target.text("labelSelector"));
        LabelSelector annotations = LabelSelector.parse(target.text("annotationSelector"));
        if (labels == null || annotations == null) {
            String field = labels == null ? "labelSelector" : "annotationSelector";
            problems.error(
                    "render-selector",
                    target.place(field),
                    target.text(field) + " is not a selector",
                    "write it like app=web,tier!=cache,env in (dev,staging)");
            return null;
        }
        Selector selector = new Selector(labels, annotations);
        for (Part part : Part.values()) {
            String field = part.name().toLowerCase(java.util.Locale.ROOT);
            String expression = target.text(field);
            if (!expression.isEmpty()) {
                BoundedPattern pattern = BoundedPattern.compile(expression);
                if (pattern == null) {
                    problems.error(
                            "render-selector",
                            target.place(field),
                            expression + " is not a regular expression",
                            "escape its special characters with \\");
                    return null;
                }
                selector.patterns.put(part, pattern);
            }
        }
        return selector;
    }

    List<Resource> select(Resources resources) {
        return resources.matching(this::matches);
    }

    /** Name and namespace may be the present or the original ones. */
    boolean matches(Resource resource) {
        Gvk gvk = resource.gvk();
        if (!matches(Part.KIND, gvk.kind())
                || !matches(Part.GROUP, gvk.group())
                || !matches(Part.VERSION, gvk.version())) {
            return false;
        }
        Id now = resource.id();
        Id original = resource.originalId();
        return (matches(Part.NAMESPACE, original.namespace()) || matches(Part.NAMESPACE, now.namespace()))
                && (matches(Part.NAME, original.name()) || matches(Part.NAME, now.name()))
                && labels.matches(resource.labels())
                && annotations.matches(resource.annotations());
    }

    private boolean matches(Part part, String text) {
        BoundedPattern pattern = patterns.get(part);
        return pattern == null || pattern.matches(text);
    }
}
