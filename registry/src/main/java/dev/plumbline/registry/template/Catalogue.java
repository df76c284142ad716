package dev.plumbline.registry.template;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.argo.WorkflowSpec;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.release.Release;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The templates of a Release that people may run: each WorkflowTemplate and ClusterWorkflowTemplate with an entrypoint. Ones
 * without are libraries for other templates.
 *
 * @param entries by namespace and name
 */
public record Catalogue(List<CatalogueEntry> entries) {

    private static final String ANNOTATIONS = "workflows.argoproj.io/";

    /** Keeps its own copy. */
    public Catalogue {
        entries = List.copyOf(entries);
    }

    /** The catalogue of a Release. */
    public static Catalogue of(Release release) {
        Set<ObjectKey> versions = new HashSet<>(release.versions().values());
        List<CatalogueEntry> entries = new ArrayList<>();
        for (Manifest object : release.objects()) {
            ObjectKey key = object.key();
            String entrypoint = WorkflowSpec.of(object.content()).entrypoint();
            if (isTemplate(key) && !versions.contains(key) && entrypoint != null) {
                entries.add(entry(object, release.versions().getOrDefault(key, key), entrypoint));
            }
        }
        entries.sort(Comparator.comparing((CatalogueEntry entry) -> entry.key().namespace())
                .thenComparing(entry -> entry.key().name())
                .thenComparing(CatalogueEntry::key));
        return new Catalogue(entries);
    }

    /** The template of a plain name; empty when there is none, or one in each of several namespaces. */
    public Optional<CatalogueEntry> find(String name) {
        List<CatalogueEntry> found =
                entries.stream().filter(entry -> entry.name().equals(name)).toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /** The plain names, sorted. */
    public Collection<String> names() {
        return entries.stream().map(CatalogueEntry::name).distinct().sorted().toList();
    }

    private static CatalogueEntry entry(Manifest object, ObjectKey version, String entrypoint) {
        return new CatalogueEntry(
                object.key(),
                version,
                annotation(object, "title"),
                annotation(object, "description"),
                entrypoint,
                WorkflowSpec.of(object.content()).parameters().stream()
                        .map(TemplateParameter::of)
                        .toList());
    }

    private static String annotation(Manifest object, String name) {
        return Tree.text(object.content(), "metadata", "annotations", ANNOTATIONS + name);
    }

    private static boolean isTemplate(ObjectKey key) {
        return key.group().equals(ArgoKinds.GROUP)
                && (key.kind().equals(ArgoKinds.WORKFLOW_TEMPLATE)
                        || key.kind().equals(ArgoKinds.CLUSTER_WORKFLOW_TEMPLATE));
    }
}
