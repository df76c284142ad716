package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.argo.Reference;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an object of Argo's names is rendered with it: templates, ConfigMaps, service accounts, volume claims. Secrets are left
 * out, since they are seldom in Git. A name that is only known at run time cannot be checked.
 */
final class DanglingReferenceRule implements Rule {

    private static final Set<String> KINDS = Set.of(
            ArgoKinds.WORKFLOW_TEMPLATE,
            ArgoKinds.CLUSTER_WORKFLOW_TEMPLATE,
            "ConfigMap",
            "ServiceAccount",
            "PersistentVolumeClaim");

    @Override
    public String id() {
        return "dangling-reference";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        // Names in a cluster-scoped template resolve in the namespace of each run.
        boolean anywhere = object.key().kind().equals(ArgoKinds.CLUSTER_WORKFLOW_TEMPLATE);
        for (Reference reference : set.argo(object).references()) {
            ObjectKey target = reference.target();
            boolean unknowable =
                    reference.dynamic() || (anywhere && !target.kind().equals(ArgoKinds.CLUSTER_WORKFLOW_TEMPLATE));
            if (KINDS.contains(target.kind())
                    && !reference.optional()
                    && !unknowable
                    && !inEveryNamespace(target)
                    && set.find(target) == null) {
                report.add(
                        reference.path(),
                        reference.place() + " names " + target.display() + ", which this rendering does not have",
                        fix(target, set));
            }
        }
    }

    /** Kubernetes itself makes these. */
    private static boolean inEveryNamespace(ObjectKey target) {
        return (target.kind().equals("ServiceAccount") && target.name().equals("default"))
                || (target.kind().equals("ConfigMap") && target.name().equals("kube-root-ca.crt"));
    }

    private static String fix(ObjectKey target, RenderedSet set) {
        List<ObjectKey> sameKind = set.ofKind(target.kind());
        Optional<ObjectKey> elsewhere = sameKind.stream()
                .filter(key -> key.name().equals(target.name()))
                .findFirst();
        if (elsewhere.isPresent()) {
            return "it exists in namespace '" + elsewhere.get().namespace() + "', but is looked for in '"
                    + target.namespace() + "'";
        }
        List<String> names = sameKind.stream()
                .filter(key -> key.namespace().equals(target.namespace()))
                .map(ObjectKey::name)
                .toList();
        Optional<String> closest = Suggestion.closest(target.name(), names);
        if (closest.isPresent()
                && (closest.get().startsWith(target.name() + "-")
                        || closest.get().endsWith("-" + target.name()))) {
            return "it exists as '" + closest.get()
                    + "': let kustomize rename this reference too, by a nameReference in 'configurations:'";
        }
        return "add it to the kustomization, or correct the name: "
                + Suggestion.instead(target.name(), names, target.kind());
    }
}
