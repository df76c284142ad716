package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.argo.Reference;
import dev.plumbline.registry.finding.Suggestion;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.List;

/**
 * A template of a namespace that a ClusterWorkflowTemplate names is there in some namespace. A run looks for it in its own
 * namespace; Argo's validation looks in none, so that it refuses even those that are there in one.
 */
final class ClusterReferenceRule implements Rule {

    @Override
    public String id() {
        return "cluster-reference";
    }

    @Override
    public Group group() {
        return Group.ARGO;
    }

    @Override
    public String description() {
        return "What a ClusterWorkflowTemplate names in the namespace of its runs exists in a namespace.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        if (!object.key().kind().equals(ArgoKinds.CLUSTER_WORKFLOW_TEMPLATE)) {
            return;
        }
        List<String> names = set.ofKind(ArgoKinds.WORKFLOW_TEMPLATE).stream()
                .map(ObjectKey::name)
                .toList();
        for (Reference reference : set.argo(object).references()) {
            ObjectKey target = reference.target();
            if (target.kind().equals(ArgoKinds.WORKFLOW_TEMPLATE)
                    && !reference.dynamic()
                    && !names.contains(target.name())
                    && !set.declares(target.kind(), target.name())) {
                report.add(
                        reference.path(),
                        reference.place() + " names " + target.display() + ", which no namespace of this rendering has",
                        Suggestion.closest(target.name(), names)
                                .map(near -> "did you mean '" + near + "'?")
                                .orElse("add it, or clusterScope: true if it is a ClusterWorkflowTemplate"));
            }
        }
    }
}
