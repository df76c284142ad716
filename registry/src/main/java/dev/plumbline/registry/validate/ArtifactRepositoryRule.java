package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.Tags;
import dev.plumbline.registry.argo.WorkflowSpec;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.finding.Suggestion;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The artifact repository that is named stands in its ConfigMap, as far as that is rendered. Argo looks when the first pod starts. */
final class ArtifactRepositoryRule implements UncheckedRule {

    private static final String DEFAULT_MAP = "artifact-repositories";
    private static final String DEFAULT_KEY = "workflows.argoproj.io/default-artifact-repository";

    @Override
    public String id() {
        return "artifact-repository";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public String description() {
        return "The artifact repository that is named is a key of its ConfigMap.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        ArgoObject argo = set.argo(object);
        Map<String, @Nullable Object> ref = Tree.map(argo.spec().tree(), "artifactRepositoryRef");
        ObjectKey target = map(object);
        Manifest map = target == null ? null : set.find(target);
        if (map == null) {
            return;
        }
        String name = map.key().name();
        String key = Tree.text(ref, "key");
        String wanted = key.isEmpty() ? Tree.text(map.content(), "metadata", "annotations", DEFAULT_KEY) : key;
        Set<String> keys = Tree.map(map.content(), "data").keySet();
        if (wanted.isEmpty()) {
            report.add(
                    argo.path("artifactRepositoryRef"),
                    "no key is named, and ConfigMap/" + name + " has no annotation " + DEFAULT_KEY,
                    "add 'key': " + Suggestion.instead("", keys, "key"));
        } else if (!Tags.present(wanted) && !keys.contains(wanted)) {
            report.add(
                    key.isEmpty() ? argo.path("artifactRepositoryRef") : argo.path("artifactRepositoryRef", "key"),
                    "ConfigMap/" + name + " has no key '" + wanted + "'",
                    Suggestion.instead(wanted, keys, "key"));
        }
    }

    /** The ConfigMap that holds the repository that an object names; null where it names none. */
    static @Nullable ObjectKey map(Manifest object) {
        Map<String, @Nullable Object> ref =
                Tree.map(WorkflowSpec.of(object.content()).tree(), "artifactRepositoryRef");
        String written = Tree.text(ref, "configMap");
        return ref.isEmpty()
                ? null
                : new ObjectKey("", "ConfigMap", object.key().namespace(), written.isEmpty() ? DEFAULT_MAP : written);
    }
}
