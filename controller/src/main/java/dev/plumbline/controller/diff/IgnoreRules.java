package dev.plumbline.controller.diff;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is no drift: the rules that Plumbline brings, and those of the user. Immutable. */
public final class IgnoreRules {

    /** One row per kind and field: group, kind, pointer, managers, reason. */
    private static final String ROWS = """
        * | * | /metadata/finalizers | | controllers guard the deletion of what they look after
        * | * | /metadata/annotations/plumbline.dev~1* | | stamps are hints; they are written anew with the next content
        * | * | /metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration | | what kubectl remembers of its own apply
        apps | Deployment | /metadata/annotations/deployment.kubernetes.io~1revision | kube-controller-manager | the Deployment controller counts rollouts
        apps | Deployment | /spec/replicas | kube-controller-manager vpa-updater keda keda-operator | an autoscaler scales it
        apps | * | /spec/template/metadata/annotations/kubectl.kubernetes.io~1restartedAt | | a restart by kubectl rollout is no change of what is wanted
        apps | StatefulSet | /spec/replicas | kube-controller-manager keda keda-operator | an autoscaler scales it
        batch | Job | /spec/suspend | kueue kueue-admission | a queue starts it
        batch | Job | /spec/template/spec/nodeSelector | kueue kueue-admission | a queue places it
         | PersistentVolumeClaim | /spec/volumeName | kube-controller-manager kube-scheduler csi-provisioner | the volume that it was bound to
         | PersistentVolumeClaim | /metadata/annotations/pv.kubernetes.io~1* | | the volume controller's notes
         | PersistentVolumeClaim | /metadata/annotations/volume.kubernetes.io~1* | | the volume controller's notes
         | PersistentVolumeClaim | /metadata/annotations/volume.beta.kubernetes.io~1* | | the volume controller's notes
         | ServiceAccount | /secrets | kube-controller-manager openshift-controller-manager | token controllers list what they made
         | ServiceAccount | /imagePullSecrets | openshift-controller-manager | token controllers list what they made
         | Secret | /data | kube-controller-manager | the token controller fills service account tokens
         | Namespace | /spec/finalizers | | the namespace controller's own
        rbac.authorization.k8s.io | ClusterRole | /rules | clusterrole-aggregation-controller | aggregated from other ClusterRoles
        admissionregistration.k8s.io | * | /webhooks/*/clientConfig/caBundle | | a certificate controller injects it
        apiextensions.k8s.io | CustomResourceDefinition | /spec/conversion/webhook/clientConfig/caBundle | | a certificate controller injects it
        apiregistration.k8s.io | APIService | /spec/caBundle | | a certificate controller injects it
        argoproj.io | CronWorkflow | /spec/suspend | plumbline-cli | a person suspended the schedule through Plumbline, which records it
        argoproj.io | CronWorkflow | /metadata/annotations/cronworkflows.argoproj.io~1last-used-schedule | | Argo's controller notes what it fired
        argoproj.io | CronWorkflow | /metadata/labels/cronworkflows.argoproj.io~1completed | | Argo's controller marks a schedule that stopped
        argoproj.io | * | /metadata/labels/workflows.argoproj.io~1* | | Argo's server marks who made or changed it
        argoproj.io | * | /spec/workflowMetadata/annotations/plumbline.dev~1* | | stamps are hints; they are written anew with the next content
        argoproj.io | * | /spec/podMetadata/annotations/plumbline.dev~1* | | stamps are hints; they are written anew with the next content
        argoproj.io | CronWorkflow | /status | | Argo's CronWorkflow has no status subresource
        serving.kserve.io | InferenceService | /metadata/annotations/serving.kserve.io~1* | manager | KServe's controller notes its decisions
        """;

    /** The rules that Plumbline brings. */
    public static final IgnoreRules STANDARD =
            new IgnoreRules(ROWS.lines().map(IgnoreRules::row).toList(), Set.of());

    private final List<IgnoreRule> rules;

    /** Those of them that a user gave: whoever takes such a field keeps it, whatever is applied. */
    private final Set<IgnoreRule> users;

    private IgnoreRules(List<IgnoreRule> rules, Set<IgnoreRule> users) {
        this.rules = List.copyOf(rules);
        this.users = Set.copyOf(users);
    }

    /** These and further ones of a user. */
    public IgnoreRules with(List<IgnoreRule> further) {
        List<IgnoreRule> all = new ArrayList<>(rules);
        all.addAll(further);
        Set<IgnoreRule> given = new HashSet<>(users);
        given.addAll(further);
        return new IgnoreRules(all, given);
    }

    /** All of them, in the order in which they are asked. */
    public List<IgnoreRule> rules() {
        return rules;
    }

    /** Those for one object's kind. */
    IgnoreRules of(Map<String, @Nullable Object> object) {
        String group = ObjectKey.groupOf(Tree.text(object, "apiVersion"));
        String kind = Tree.text(object, "kind");
        return new IgnoreRules(
                rules.stream().filter(rule -> rule.isFor(group, kind)).toList(), users);
    }

    /** The first of several owners whose change of a field counts. */
    Optional<FieldOwner> foreign(String field, List<FieldOwner> owners) {
        return owners.stream()
                .filter(owner -> !owner.isOurs())
                .filter(owner -> rules.stream().noneMatch(rule -> rule.admits(field, owner)))
                .findFirst();
    }

    /** Whether everybody may remove a field. */
    boolean mayBeGone(String field) {
        return rules.stream().anyMatch(rule -> rule.managers().isEmpty() && rule.covers(field));
    }

    /** Whether some rule speaks of a part of a field. */
    boolean reachBelow(String field) {
        return rules.stream().anyMatch(rule -> rule.isBelow(field));
    }

    /**
     * The content without the fields that a rule's own managers have taken, or by a user's rule anybody: applying them would take them
     * back. The same content where there are none.
     */
    public Map<String, @Nullable Object> yielded(
            Map<String, @Nullable Object> content, Map<String, @Nullable Object> live) {
        List<String[]> fields = new ArrayList<>();
        for (IgnoreRule rule : of(content).rules) {
            List<String> path = JsonPointer.elements(rule.pointer());
            String[] keys = path.toArray(String[]::new);
            boolean yields = !rule.managers().isEmpty() || users.contains(rule);
            if (yields && Tree.at(content, keys) != null && taken(rule, path, live)) {
                fields.add(keys);
            }
        }
        if (fields.isEmpty()) {
            return content;
        }
        Map<String, @Nullable Object> rest = Tree.copy(content);
        fields.forEach(keys -> Tree.remove(rest, keys));
        return rest;
    }

    private static boolean taken(IgnoreRule rule, List<String> path, Map<String, @Nullable Object> live) {
        FieldOwners owners = FieldOwners.of(live);
        for (String element : path) {
            owners = owners.field(element);
        }
        return owners.owners().stream()
                .anyMatch(owner -> !owner.isOurs()
                        && (rule.managers().isEmpty() || rule.managers().contains(owner.manager())));
    }

    private static IgnoreRule row(String row) {
        String[] cells = row.split("\\|", -1);
        String managers = cells[3].strip();
        return new IgnoreRule(
                cells[0].strip(),
                cells[1].strip(),
                cells[2].strip(),
                managers.isEmpty() ? Set.of() : Set.copyOf(Arrays.asList(managers.split(" +"))),
                cells[4].strip());
    }
}
