package dev.plumbline.registry.render;

import dev.plumbline.registry.finding.Finding;
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
    private final @Nullable LabelSelector labels;
    private final @Nullable LabelSelector annotations;
    private final Fields target;
    private final Problems problems;

    private Selector(Fields target, Problems problems) {
        this.labels = LabelSelector.parse(target.text("labelSelector"));
        this.annotations = LabelSelector.parse(target.text("annotationSelector"));
        this.target = target;
        this.problems = problems;
    }

    /** Reads a target; null, with findings, where an expression is broken. */
    static @Nullable Selector of(Fields target, Problems problems) {
        target.onlyKnown(FIELDS, "a target");
        Selector selector = new Selector(target, problems);
        Finding broken = selector.broken();
        if (broken != null) {
            problems.add(broken.asWarning());
        }
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
                && matchesTexts(resource);
    }

    /** What is no selector is an error as soon as an object is asked for its labels, and until then nobody's harm. */
    private boolean matchesTexts(Resource resource) {
        Finding broken = broken();
        if (broken != null) {
            problems.add(broken);
        }
        if (labels == null || annotations == null) {
            return false;
        }
        return labels.matches(resource.labels()) && annotations.matches(resource.annotations());
    }

    private @Nullable Finding broken() {
        if (labels != null && annotations != null) {
            return null;
        }
        String field = labels == null ? "labelSelector" : "annotationSelector";
        return Finding.error(
                "render-selector",
                target.place(field),
                target.text(field) + " is not a selector",
                "write it like app=web,tier!=cache,env in (dev,staging)");
    }

    private boolean matches(Part part, String text) {
        BoundedPattern pattern = patterns.get(part);
        return pattern == null || pattern.matches(text);
    }
}
