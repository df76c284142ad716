package dev.plumbline.registry.provenance;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.CanonicalForm;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Digest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What Argo stores of one definition from Git, computed forwards.
 *
 * @param kind kind of the object
 * @param spec its workflow spec in {@link StoredForm}
 * @param templates each of its templates as stored in {@code status.storedTemplates}, with {@code podMetadata} merged in
 * @param digests digests of these, and of inline templates of steps and tasks
 * @param rest digest of the spec without what a run may set itself and without templates and {@code podMetadata}
 * @param unpatched the same without {@code podSpecPatch} too
 * @param tagged whether the spec has tags outside of its templates
 */
record DefinitionForms(
        String kind,
        Map<String, @Nullable Object> spec,
        Map<String, Map<String, @Nullable Object>> templates,
        Set<Digest> digests,
        Digest rest,
        Digest unpatched,
        boolean tagged) {

    /** Kinds of objects that define what a Workflow executes. */
    static final Set<String> KINDS = Set.of("WorkflowTemplate", "ClusterWorkflowTemplate", "CronWorkflow");

    /**
     * Fields of a spec that a run may set without changing what its template says: the ones that Argo allows where templates
     * must be referred to ({@code templateReferencing: Strict}).
     */
    static final Set<String> OWN_TO_RUN = Set.of(
            "arguments",
            "entrypoint",
            "shutdown",
            "suspend",
            "activeDeadlineSeconds",
            "priority",
            "ttlStrategy",
            "podGC",
            "volumeClaimGC",
            "archiveLogs",
            "workflowMetadata",
            "workflowTemplateRef",
            "metrics",
            "artifactGC");

    /** Digest of a rest without any field: nothing that needs a source. */
    static final Digest NOTHING = CanonicalForm.digest(Map.of());

    static DefinitionForms of(Manifest manifest) {
        Map<String, @Nullable Object> tree = manifest.key().kind().equals("CronWorkflow")
                ? Tree.map(manifest.content(), "spec", "workflowSpec")
                : Tree.map(manifest.content(), "spec");
        Map<String, @Nullable Object> spec = StoredForm.spec(tree).content();
        Map<String, Map<String, @Nullable Object>> templates = new LinkedHashMap<>();
        Set<Digest> digests = new TreeSet<>();
        for (Map<String, @Nullable Object> template : Tree.maps(spec, "templates")) {
            Map<String, @Nullable Object> stored = stored(template, spec);
            templates.put(Tree.text(template, "name"), stored);
            digests.add(CanonicalForm.digest(stored));
            inline(template).forEach(each -> digests.add(CanonicalForm.digest(each)));
        }
        Map<String, @Nullable Object> rest = rest(spec);
        return new DefinitionForms(
                manifest.key().kind(),
                spec,
                templates,
                digests,
                CanonicalForm.digest(rest),
                CanonicalForm.digest(unpatched(rest)),
                OwnSpec.tagged(spec));
    }

    /** A template in {@link StoredForm} as it is executed: with the spec's podMetadata, which its own goes before. */
    static Map<String, @Nullable Object> stored(
            Map<String, @Nullable Object> template, Map<String, @Nullable Object> spec) {
        Map<String, @Nullable Object> stored = Tree.copy(template);
        for (String kind : List.of("labels", "annotations")) {
            Map<String, @Nullable Object> all = new TreeMap<>(Tree.map(spec, "podMetadata", kind));
            all.putAll(Tree.map(template, "metadata", kind));
            if (!all.isEmpty()) {
                Tree.set(stored, all, "metadata", kind);
            }
        }
        return StoredForm.template(stored).content();
    }

    /** What of a spec in {@link StoredForm} neither a run may set itself nor its templates say. */
    static Map<String, @Nullable Object> rest(Map<String, @Nullable Object> spec) {
        Map<String, @Nullable Object> rest = new TreeMap<>(spec);
        rest.keySet().removeAll(OWN_TO_RUN);
        rest.remove("templates");
        rest.remove("podMetadata");
        return rest;
    }

    /** The same without {@code podSpecPatch}. */
    static Map<String, @Nullable Object> unpatched(Map<String, @Nullable Object> rest) {
        Map<String, @Nullable Object> unpatched = new TreeMap<>(rest);
        unpatched.remove("podSpecPatch");
        return unpatched;
    }

    private static List<Map<String, @Nullable Object>> inline(Map<String, @Nullable Object> template) {
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        List<Map<String, @Nullable Object>> callers = new ArrayList<>(Tree.maps(template, "dag", "tasks"));
        for (Object group : Tree.list(template, "steps")) {
            callers.addAll(Tree.maps(Map.of("steps", group == null ? List.of() : group), "steps"));
        }
        for (Map<String, @Nullable Object> caller : callers) {
            Map<String, @Nullable Object> inline = Tree.map(caller, "inline");
            if (!inline.isEmpty()) {
                found.add(inline);
            }
        }
        return found;
    }
}
