package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.argo.Reference;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.Set;

/**
 * Service accounts, ConfigMaps and volume claims that an object of Argo's names are rendered with it, or declared to be there. Of
 * Secrets only declared ones are asked for, since they are seldom in Git. An error where the rendering has what was meant, under
 * another name or in another namespace.
 */
final class MissingObjectRule implements UncheckedRule {

    private static final Set<String> KINDS = Set.of("ConfigMap", "ServiceAccount", "PersistentVolumeClaim", "Secret");

    @Override
    public String id() {
        return "missing-object";
    }

    @Override
    public String description() {
        return "Service accounts, ConfigMaps, Secrets and volume claims that are named exist.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        // Names in a cluster-scoped template resolve in the namespace of each run.
        if (object.key().kind().equals(ArgoKinds.CLUSTER_WORKFLOW_TEMPLATE)) {
            return;
        }
        for (Reference reference : set.argo(object).references()) {
            ObjectKey target = reference.target();
            boolean asked =
                    KINDS.contains(target.kind()) && (!target.kind().equals("Secret") || set.declares("Secret"));
            if (asked
                    && !reference.optional()
                    && !reference.dynamic()
                    && !inEveryNamespace(target)
                    && !set.has(target)) {
                String fix = ReferenceFix.of(target, set);
                report.add(
                        fix.startsWith("it exists") ? Severity.ERROR : Severity.WARNING,
                        reference.path(),
                        reference.place() + " names " + target.display() + ", which this rendering does not have"
                                + Introduction.of(object, reference, set),
                        fix);
            }
        }
    }

    /** Kubernetes itself makes these. */
    private static boolean inEveryNamespace(ObjectKey target) {
        return (target.kind().equals("ServiceAccount") && target.name().equals("default"))
                || (target.kind().equals("ConfigMap") && target.name().equals("kube-root-ca.crt"));
    }
}
