package dev.plumbline.registry.provenance;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.CanonicalForm;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.provenance.StoredForm.Formed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares all that a Workflow object stores with what Argo should have stored of definitions by their names in the cluster:
 * the spec of {@code workflowTemplateRef}, and every stored template, executed or not.
 */
public final class ExpectedStored {

    /** Most differing fields that are named of one definition. */
    static final int MAX_NAMED = 5;

    private ExpectedStored() {}

    /**
     * What is stored and differs from what these objects should give.
     *
     * @param objects templates as the cluster holds them
     * @param workflow a Workflow object that Argo has stored definitions in
     * @param workflowDefaults {@code spec} of Argo's {@code workflowDefaults}; empty where there are none
     * @return one line per definition, with the fields that differ; empty when all is as computed
     */
    public static List<String> unexplained(
            List<Manifest> objects,
            Map<String, @Nullable Object> workflow,
            Map<String, @Nullable Object> workflowDefaults) {
        List<String> unexplained = new ArrayList<>();
        String ref = Tree.text(workflow, "spec", "workflowTemplateRef", "name");
        if (!ref.isEmpty()) {
            DefinitionForms forms = find(objects, ref);
            Map<String, @Nullable Object> expected = forms == null
                    ? null
                    : SpecJoin.join(
                            StoredForm.spec(Tree.map(workflow, "spec")).content(),
                            forms.spec(),
                            StoredForm.spec(workflowDefaults).content());
            compare("spec", expected, StoredForm.spec(Tree.map(workflow, "status", "storedWorkflowTemplateSpec")))
                    .ifPresent(unexplained::add);
        }
        Map<String, @Nullable Object> stored = Tree.map(workflow, "status", "storedTemplates");
        for (String reference : new TreeSet<>(stored.keySet())) {
            String[] steps = reference.split("/", -1);
            if (steps.length != 3) {
                continue; // Inline templates are stored under the name of a step, which does not say of which template.
            }
            DefinitionForms forms = find(objects, steps[1]);
            Map<String, @Nullable Object> expected =
                    forms == null ? null : forms.templates().get(steps[2]);
            compare(reference, expected, StoredForm.template(Tree.map(stored, reference)))
                    .ifPresent(unexplained::add);
        }
        return unexplained;
    }

    private static @Nullable DefinitionForms find(List<Manifest> objects, String name) {
        return objects.stream()
                .filter(manifest -> manifest.key().name().equals(name)
                        && manifest.key().kind().endsWith("WorkflowTemplate"))
                .findFirst()
                .map(DefinitionForms::of)
                .orElse(null);
    }

    private static Optional<String> compare(
            String reference, @Nullable Map<String, @Nullable Object> expected, Formed stored) {
        if (!stored.unknownFields().isEmpty()) {
            return Optional.of(reference + ": unknown fields " + stored.unknownFields());
        }
        if (expected == null) {
            return Optional.of(reference + ": no object defines it");
        }
        List<String> differences = new ArrayList<>();
        differ("", expected, stored.content(), differences);
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of(reference + ": " + String.join(", ", differences));
    }

    private static void differ(
            String path, @Nullable Object expected, @Nullable Object stored, List<String> differences) {
        if (differences.size() >= MAX_NAMED) {
            return;
        }
        if (expected instanceof Map<?, ?> left && stored instanceof Map<?, ?> right) {
            TreeSet<String> keys = new TreeSet<>(Tree.cast(left).keySet());
            keys.addAll(Tree.cast(right).keySet());
            keys.forEach(key -> differ(path + "." + key, left.get(key), right.get(key), differences));
        } else if (expected instanceof List<?> left && stored instanceof List<?> right && left.size() == right.size()) {
            for (int i = 0; i < left.size(); i++) {
                differ(path + "[" + i + "]", left.get(i), right.get(i), differences);
            }
        } else if (!CanonicalForm.text(expected).equals(CanonicalForm.text(stored))) {
            differences.add(path + " (" + shown(expected) + " in Git, " + shown(stored) + " stored)");
        }
    }

    private static String shown(@Nullable Object value) {
        String text = Objects.toString(value, "nothing");
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }
}
