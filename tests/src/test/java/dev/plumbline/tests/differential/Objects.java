package dev.plumbline.tests.differential;

import static dev.plumbline.tests.differential.Trees.list;
import static dev.plumbline.tests.differential.Trees.map;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Random Kubernetes objects, and by {@link ArgoObjects} Argo ones, with few names, so that they refer to one another. */
final class Objects {

    static final List<String> NAMESPACES = List.of("", "", "", "default", "prod", "dev");

    private final Dice dice;
    private final Names names;
    private final Pods pods;
    private final boolean careful;

    Objects(Dice dice, Names names, boolean careful) {
        this.dice = dice;
        this.names = names;
        this.pods = new Pods(dice, names, careful);
        this.careful = careful;
    }

    Made next() {
        return new Made(
                switch (dice.below(26)) {
                    case 0, 1, 2, 3 ->
                        workload("apps/v1", dice.pick("Deployment", "Deployment", "StatefulSet", "DaemonSet"));
                    case 4 -> job();
                    case 5 -> cronJob();
                    case 6 -> pod();
                    case 7, 8 -> service();
                    case 9, 10 -> configMap();
                    case 11 -> secret();
                    case 12 -> named("v1", "ServiceAccount", "secrets", list(map("name", names.any("Secret"))));
                    case 13 -> role();
                    case 14 -> binding();
                    case 15 -> ingress();
                    case 16 ->
                        named(
                                "v1",
                                "PersistentVolumeClaim",
                                "spec",
                                map(
                                        "volumeName",
                                        names.any("PersistentVolume"),
                                        "storageClassName",
                                        names.any("StorageClass")));
                    case 17 -> scaler();
                    case 18 -> policy();
                    case 19 -> clusterScoped();
                    case 20, 21 -> new ArgoObjects(this, names, pods, dice).workflowTemplate();
                    case 22 -> new ArgoObjects(this, names, pods, dice).cronWorkflow();
                    case 23, 24 -> custom();
                    default -> webhooks();
                });
    }

    Map<String, @Nullable Object> named(String apiVersion, String kind, @Nullable Object... more) {
        Map<String, @Nullable Object> metadata = map("name", names.fresh(kind, careful));
        String namespace = dice.pick(NAMESPACES);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        if (dice.one(2)) {
            metadata.put("labels", labels());
        }
        if (dice.one(4)) {
            metadata.put(
                    "annotations",
                    map(dice.pick("note", "example.com/a b".replace(" b", "")), dice.pick("x", "1", "")));
        }
        Map<String, @Nullable Object> object = map("apiVersion", apiVersion, "kind", kind, "metadata", metadata);
        for (int i = 0; i < more.length; i += 2) {
            object.put((String) more[i], more[i + 1]);
        }
        return object;
    }

    private Map<String, @Nullable Object> labels() {
        Map<String, @Nullable Object> labels = map("app", dice.pick("web", "db"));
        if (dice.one(3)) {
            labels.put("tier", dice.pick("front", "back"));
        }
        return labels;
    }

    private Map<String, @Nullable Object> workload(String apiVersion, String kind) {
        Map<String, @Nullable Object> labels = labels();
        Map<String, @Nullable Object> spec = map("selector", map("matchLabels", Trees.copy(labels)));
        if (dice.one(2) && !kind.equals("DaemonSet")) {
            spec.put("replicas", dice.between(0, 3));
        }
        if (kind.equals("StatefulSet")) {
            spec.put("serviceName", names.any("Service"));
            if (dice.one(2)) {
                spec.put(
                        "volumeClaimTemplates",
                        list(map("metadata", map("name", "data"), "spec", map("accessModes", list("ReadWriteOnce")))));
            }
        }
        spec.put("template", pods.template(labels));
        return named(apiVersion, kind, "spec", spec);
    }

    private Map<String, @Nullable Object> job() {
        return named(
                "batch/v1", "Job", "spec", map("backoffLimit", dice.below(5), "template", pods.template(labels())));
    }

    private Map<String, @Nullable Object> cronJob() {
        return named(
                dice.pick("batch/v1", "batch/v1beta1"),
                "CronJob",
                "spec",
                map("schedule", "*/5 * * * *", "jobTemplate", map("spec", map("template", pods.template(labels())))));
    }

    private Map<String, @Nullable Object> pod() {
        return named("v1", "Pod", "spec", pods.spec());
    }

    private Map<String, @Nullable Object> service() {
        Map<String, @Nullable Object> first = map("port", 80, "targetPort", dice.pick(8080, "http"));
        Map<String, @Nullable Object> second =
                map("port", dice.pick(80, 443), "protocol", dice.pick("TCP", "UDP"), "name", "two");
        return named(
                "v1",
                "Service",
                "spec",
                map("selector", labels(), "ports", dice.pick(list(first), list(first, second))));
    }

    private Map<String, @Nullable Object> configMap() {
        Map<String, @Nullable Object> data =
                map("k", dice.pick("v", "1", "true", "", "line\nline\n", "tab\there", "é ü"));
        if (dice.one(3)) {
            data.put("file.json", "{\"a\": [1, 2]}\n");
        }
        return named("v1", "ConfigMap", "data", data);
    }

    private Map<String, @Nullable Object> secret() {
        Map<String, @Nullable Object> secret = named("v1", "Secret", "type", "Opaque", "data", map("k", "dg=="));
        if (dice.one(3)) {
            secret.put("stringData", map("s", "t"));
        }
        return secret;
    }

    private Map<String, @Nullable Object> role() {
        String kind = dice.pick("Role", "ClusterRole");
        Map<String, @Nullable Object> rule =
                map("apiGroups", list(""), "resources", list("secrets", "configmaps"), "verbs", list("get"));
        if (dice.one(2)) {
            rule.put("resourceNames", list(names.any(dice.pick("Secret", "ConfigMap")), "other"));
        }
        return named("rbac.authorization.k8s.io/v1", kind, "rules", list(rule));
    }

    private Map<String, @Nullable Object> binding() {
        String kind = dice.pick("RoleBinding", "ClusterRoleBinding");
        String role = dice.pick("Role", "ClusterRole");
        Map<String, @Nullable Object> subject =
                map("kind", "ServiceAccount", "name", dice.pick(names.any("ServiceAccount"), "default"));
        if (dice.one(2)) {
            subject.put("namespace", dice.pick("prod", "dev", "default", "elsewhere"));
        }
        return named(
                "rbac.authorization.k8s.io/v1",
                kind,
                "roleRef",
                map("apiGroup", "rbac.authorization.k8s.io", "kind", role, "name", names.any(role)),
                "subjects",
                list(subject, map("kind", "User", "name", "ann")));
    }

    private Map<String, @Nullable Object> ingress() {
        Map<String, @Nullable Object> backend =
                map("service", map("name", names.any("Service"), "port", map("number", 80)));
        return named(
                "networking.k8s.io/v1",
                "Ingress",
                "spec",
                map(
                        "tls", list(map("secretName", names.any("Secret"), "hosts", list("a.example"))),
                        "rules",
                                list(map(
                                        "host",
                                        "a.example",
                                        "http",
                                        map(
                                                "paths",
                                                list(map("path", "/", "pathType", "Prefix", "backend", backend)))))));
    }

    private Map<String, @Nullable Object> scaler() {
        String kind = dice.pick("Deployment", "StatefulSet");
        return named(
                "autoscaling/v2",
                "HorizontalPodAutoscaler",
                "spec",
                map(
                        "maxReplicas",
                        5,
                        "scaleTargetRef",
                        map("apiVersion", "apps/v1", "kind", kind, "name", names.any(kind))));
    }

    private Map<String, @Nullable Object> policy() {
        return dice.one(2)
                ? named(
                        "policy/v1",
                        "PodDisruptionBudget",
                        "spec",
                        map("minAvailable", dice.pick(1, "50%"), "selector", map("matchLabels", labels())))
                : named(
                        "networking.k8s.io/v1",
                        "NetworkPolicy",
                        "spec",
                        map(
                                "podSelector",
                                map("matchLabels", labels()),
                                "ingress",
                                list(map("from", list(map("podSelector", map("matchLabels", labels())))))));
    }

    private Map<String, @Nullable Object> clusterScoped() {
        return switch (dice.below(6)) {
            case 0, 1 -> named("v1", "Namespace");
            case 2 -> named("v1", "PersistentVolume", "spec", map("capacity", map("storage", "1Gi")));
            case 3 -> named("storage.k8s.io/v1", "StorageClass", "provisioner", "example.com/p");
            case 4 -> named("scheduling.k8s.io/v1", "PriorityClass", "value", 1000);
            default ->
                named(
                        "apiextensions.k8s.io/v1",
                        "CustomResourceDefinition",
                        "spec",
                        map(
                                "group",
                                "example.com",
                                "names",
                                map("kind", "Widget", "plural", "widgets"),
                                "scope",
                                "Namespaced"));
        };
    }

    private Map<String, @Nullable Object> webhooks() {
        return named(
                "admissionregistration.k8s.io/v1",
                dice.pick("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"),
                "webhooks",
                list(map(
                        "name",
                        "a.example.com",
                        "clientConfig",
                        map("service", map("name", names.any("Service"), "namespace", dice.pick("default", "prod"))))));
    }

    private Map<String, @Nullable Object> custom() {
        Map<String, @Nullable Object> spec = map(
                "size",
                Scalars.any(dice),
                "odd",
                Scalars.any(dice),
                "items",
                list(map("name", "a", "value", 1), map("name", "b", "value", Scalars.any(dice))),
                "configRef",
                map("name", names.any("ConfigMap")),
                "image",
                dice.pick(Pods.IMAGES));
        if (dice.one(3)) {
            spec.put(
                    dice.pick("x10", "x9", "X", "x_1", "10"),
                    dice.pick(map("a2", 1, "a10", 2, "a-b", 3, "aB", 4), list(), map()));
        }
        if (dice.one(4)) {
            spec.put("template", map("metadata", map("labels", labels()), "spec", pods.spec()));
        }
        return named("example.com/v1", dice.pick("Widget", "Gadget"), "spec", spec);
    }
}
