package dev.plumbline.registry.validate;

import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Volumes of a spec or template have names of their own: Kubernetes refuses a pod with two of one name. */
final class DuplicateVolumeRule implements UncheckedRule {

    @Override
    public String id() {
        return "duplicate-volume";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public String description() {
        return "No two volumes of a spec or template have the same name.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        ArgoObject argo = set.argo(object);
        unique(argo.spec().tree(), argo.path(), report);
        argo.templates().forEach(located -> unique(located.template().tree(), located.path(), report));
    }

    private static void unique(Map<String, @Nullable Object> tree, List<String> path, Report report) {
        Set<String> seen = new HashSet<>();
        for (ArgoObject.Indexed volume : ArgoObject.indexed(tree, "volumes")) {
            String name = Tree.text(volume.tree(), "name");
            if (!name.isEmpty() && !seen.add(name)) {
                report.add(
                        ArgoObject.join(path, "volumes", volume.index(), "name"),
                        "two volumes are named '" + name + "'",
                        "rename or remove one of them");
            }
        }
    }
}
