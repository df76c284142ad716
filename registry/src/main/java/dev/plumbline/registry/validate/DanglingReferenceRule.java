package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.argo.Reference;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.validate.argo.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The objects whose templates an object of Argo's runs are rendered with it. What a run alone knows cannot be checked. */
final class DanglingReferenceRule implements Rule {

    private static final Set<String> KINDS = Set.of(ArgoKinds.WORKFLOW_TEMPLATE, ArgoKinds.CLUSTER_WORKFLOW_TEMPLATE);

    @Override
    public String id() {
        return "dangling-reference";
    }

    @Override
    public Group group() {
        return Group.ARGO;
    }

    @Override
    public String description() {
        return "Every template object that is referred to is rendered too.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        Set<List<String>> told = new HashSet<>();
        for (Reference reference : missing(object, set)) {
            if (isCheckedByArgo(object, reference) && !report.isBelowError(reference.path())) {
                told.add(reference.path());
                report.add(
                        reference.path(),
                        reference.place() + " names " + reference.target().display()
                                + ", which this rendering does not have" + Introduction.of(object, reference, set),
                        ReferenceFix.of(reference.target(), set));
            }
        }
        for (Problem problem : set.refused(object)) {
            if (problem.rule().equals(id()) && told.add(problem.path())) {
                report.add(problem.path(), problem.message(), problem.fix());
            }
        }
    }

    /** References to templates that the rendering does not have. */
    static List<Reference> missing(Manifest object, RenderedSet set) {
        // Names in a cluster-scoped template resolve in the namespace of each run.
        boolean anywhere = object.key().kind().equals(ArgoKinds.CLUSTER_WORKFLOW_TEMPLATE);
        return set.argo(object).references().stream()
                .filter(reference -> KINDS.contains(reference.target().kind()))
                .filter(reference -> !reference.dynamic() && !exists(reference.target(), set))
                .filter(reference -> !anywhere || isOfCluster(reference.target()))
                .toList();
    }

    /** kustomize gives cluster-scoped kinds that it does not know a namespace, which the cluster then ignores. */
    private static boolean exists(ObjectKey target, RenderedSet set) {
        return set.find(target) != null
                || (isOfCluster(target)
                        && set.ofKind(target.kind()).stream()
                                .anyMatch(key -> key.name().equals(target.name())));
    }

    /** Argo looks neither into hooks nor into what an event submits. */
    static boolean isCheckedByArgo(Manifest object, Reference reference) {
        return !object.key().kind().equals(ArgoKinds.WORKFLOW_EVENT_BINDING)
                && !reference.path().contains("hooks");
    }

    private static boolean isOfCluster(ObjectKey target) {
        return target.kind().equals(ArgoKinds.CLUSTER_WORKFLOW_TEMPLATE);
    }
}
