package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The spec that a Workflow with {@code workflowTemplateRef} executes: its own over its template's, as Argo's
 * {@code JoinWorkflowSpec} merges them. Maps are merged, lists of named things by name (the Workflow's element replaces the
 * template's as a whole), every other list and value is the Workflow's.
 */
final class SpecJoin {

    private static final Set<String> NAMED_LISTS =
            Set.of("parameters", "artifacts", "templates", "volumes", "volumeClaimTemplates", "imagePullSecrets");

    private SpecJoin() {}

    static Map<String, @Nullable Object> join(
            Map<String, @Nullable Object> workflow, Map<String, @Nullable Object> template) {
        return merge(template, workflow);
    }

    private static Map<String, @Nullable Object> merge(
            Map<String, @Nullable Object> low, Map<String, @Nullable Object> high) {
        Map<String, @Nullable Object> merged = new LinkedHashMap<>(Tree.copy(low));
        high.forEach((key, value) -> {
            Object below = low.get(key);
            if (value instanceof Map<?, ?> map && below instanceof Map<?, ?> lower) {
                merged.put(key, merge(Tree.cast(lower), Tree.cast(map)));
            } else if (value instanceof List<?> list && below instanceof List<?> lower && NAMED_LISTS.contains(key)) {
                merged.put(key, byName(Tree.castList(lower), Tree.castList(list)));
            } else if (value != null) {
                merged.put(key, Tree.copy(value));
            }
        });
        return merged;
    }

    /** Elements of the template that the Workflow does not name keep their place before the ones that followed them. */
    private static List<@Nullable Object> byName(List<@Nullable Object> low, List<@Nullable Object> high) {
        List<@Nullable Object> rest = new ArrayList<>();
        for (Object element : low) {
            if (indexOf(high, name(element)) < 0) {
                rest.add(element);
            }
        }
        List<@Nullable Object> merged = new ArrayList<>();
        int next = 0;
        for (Object element : high) {
            int place = indexOf(low, name(element));
            while (next < rest.size() && place >= 0 && indexOf(low, name(rest.get(next))) < place) {
                merged.add(Tree.copy(rest.get(next++)));
            }
            merged.add(Tree.copy(element));
        }
        while (next < rest.size()) {
            merged.add(Tree.copy(rest.get(next++)));
        }
        return merged;
    }

    private static int indexOf(List<@Nullable Object> list, @Nullable Object name) {
        for (int i = 0; i < list.size(); i++) {
            if (name != null && Objects.equals(name(list.get(i)), name)) {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable Object name(@Nullable Object element) {
        return Tree.at(element, "name");
    }
}
