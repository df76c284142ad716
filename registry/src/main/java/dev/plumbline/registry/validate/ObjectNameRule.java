package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Names of objects and namespaces are ones that Kubernetes and Argo accept. */
final class ObjectNameRule implements Rule {

    private static final int MAX_NAME = 253;
    private static final int MAX_LABEL = 63;
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

    /** Longest names by kind: Argo adds to some of them, and writes others into labels. */
    private static final Map<String, Integer> MAX_BY_KIND = Map.of(
            ArgoKinds.WORKFLOW,
            63,
            ArgoKinds.WORKFLOW_TEMPLATE,
            63,
            ArgoKinds.CLUSTER_WORKFLOW_TEMPLATE,
            63,
            ArgoKinds.CRON_WORKFLOW,
            52,
            "Namespace",
            MAX_LABEL,
            "Service",
            MAX_LABEL);

    @Override
    public String id() {
        return "object-name";
    }

    @Override
    public Group group() {
        return Group.SERVER;
    }

    @Override
    public String description() {
        return "Names of objects and namespaces are ones that Kubernetes and Argo accept.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        ObjectKey key = object.key();
        List<String> path = List.of("metadata", "name");
        int most = MAX_BY_KIND.getOrDefault(key.kind(), MAX_NAME);
        if (key.name().length() > most) {
            report.add(
                    path,
                    "the name of the " + key.kind() + " has " + key.name().length() + " characters, and " + most
                            + " is the most that is accepted",
                    "shorten it");
        }
        // Names of RBAC objects may hold almost anything.
        boolean free = key.group().equals("rbac.authorization.k8s.io");
        if (!key.name().isEmpty() && !free && !SUBDOMAIN.matcher(key.name()).matches()) {
            report.add(
                    path,
                    "'" + key.name() + "' is not a name that Kubernetes accepts",
                    "use lower-case letters, digits, '-' and '.', and begin and end with a letter or digit");
        }
        if (!key.namespace().isEmpty()
                && (key.namespace().length() > MAX_LABEL
                        || !LABEL.matcher(key.namespace()).matches())) {
            report.add(
                    List.of("metadata", "namespace"),
                    "'" + key.namespace() + "' is not a namespace that Kubernetes accepts",
                    "use at most " + MAX_LABEL + " lower-case letters, digits and '-'");
        }
    }
}
