package dev.plumbline.registry.render;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Which fields the transformers of a build reach: kustomize's own list and what {@code configurations:} add. A base's
 * additions hold for everything that is built on it.
 *
 * @param fields field paths by purpose
 * @param references name references
 */
record Configuration(Map<Purpose, List<FieldSpec>> fields, List<NameReference> references) {

    /** What a list of field paths is for; {@link #key} is its name in a configuration file. */
    enum Purpose {
        NAME_PREFIX("namePrefix"),
        NAME_SUFFIX("nameSuffix"),
        NAMESPACE("namespace"),
        COMMON_LABELS("commonLabels"),
        LABELS("labels"),
        TEMPLATE_LABELS("templateLabels"),
        VOLUME_CLAIM_TEMPLATE_LABELS("volumeClaimTemplateLabels"),
        COMMON_ANNOTATIONS("commonAnnotations"),
        IMAGES("images"),
        REPLICAS("replicas"),
        VAR_REFERENCE("varReference");

        private final String key;

        Purpose(String key) {
            this.key = key;
        }

        String key() {
            return key;
        }
    }

    List<FieldSpec> of(Purpose purpose) {
        return fields.getOrDefault(purpose, List.of());
    }

    /**
     * Both together; a path that is there already is not added again.
     *
     * @param conflict told of each path that both have with different {@code create}
     */
    Configuration merge(Configuration more, Consumer<FieldSpec> conflict) {
        if (isSame(more) || more.isEmpty()) {
            return this;
        }
        Map<Purpose, List<FieldSpec>> merged = new EnumMap<>(Purpose.class);
        for (Purpose purpose : Purpose.values()) {
            merged.put(purpose, merge(of(purpose), more.of(purpose), conflict));
        }
        List<NameReference> all = new ArrayList<>(references);
        for (NameReference reference : more.references) {
            int at = indexOf(all, reference.target());
            if (at < 0) {
                all.add(reference);
            } else {
                List<FieldSpec> specs = merge(all.get(at).fields(), reference.fields(), conflict);
                all.set(at, new NameReference(reference.target(), specs));
            }
        }
        return new Configuration(merged, all);
    }

    @SuppressWarnings("ReferenceEquality") // most of the time both are the default: no need to compare what they hold
    private boolean isSame(Configuration other) {
        return this == other;
    }

    private boolean isEmpty() {
        return references.isEmpty() && fields.values().stream().allMatch(List::isEmpty);
    }

    private static int indexOf(List<NameReference> references, Gvk target) {
        for (int i = 0; i < references.size(); i++) {
            if (references.get(i).target().equals(target)) {
                return i;
            }
        }
        return -1;
    }

    static List<FieldSpec> merge(List<FieldSpec> first, List<FieldSpec> second, Consumer<FieldSpec> conflict) {
        if (second.isEmpty() || first.equals(second)) {
            return first;
        }
        List<FieldSpec> merged = new ArrayList<>(first);
        for (FieldSpec spec : second) {
            FieldSpec known = null;
            for (FieldSpec candidate : merged) {
                if (candidate.sameFieldAs(spec)) {
                    known = candidate;
                    break;
                }
            }
            if (known == null) {
                merged.add(spec);
            } else if (known.create() != spec.create()) {
                conflict.accept(spec);
            }
        }
        return merged;
    }
}
