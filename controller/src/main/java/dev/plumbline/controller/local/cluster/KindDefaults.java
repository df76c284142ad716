package dev.plumbline.controller.local.cluster;

import dev.plumbline.registry.json.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the API server fills into objects of built-in kinds. What it makes up (cluster addresses, node ports) and the
 * defaults of kinds that are not here are left out.
 */
final class KindDefaults {

    private static final long FILE_MODE = 420;

    private KindDefaults() {}

    static void fill(KindFacts facts, Map<String, @Nullable Object> object) {
        switch (facts.kind()) {
            case "Namespace" ->
                Tree.set(
                        object,
                        Tree.text(object, "metadata", "name"),
                        "metadata",
                        "labels",
                        "kubernetes.io/metadata.name");
            case "Secret" -> put(object, "type", "Opaque");
            case "Deployment" -> deployment(Tree.map(object, "spec"));
            case "Pod" -> podSpec(Tree.map(object, "spec"));
            case "Job" -> podSpec(Tree.map(object, "spec", "template", "spec"));
            case "PersistentVolumeClaim" -> putInto(object, "spec", "volumeMode", "Filesystem");
            case "Service" -> service(Tree.map(object, "spec"));
            case "RoleBinding", "ClusterRoleBinding" -> subjects(object);
            default -> {}
        }
    }

    /** What the API server changes before it keeps an object, after its fields have got their owners. */
    static void prepare(KindFacts facts, Map<String, @Nullable Object> object) {
        if (facts.kind().equals("ServiceAccount")) {
            Tree.maps(object, "secrets").forEach(secret -> secret.keySet().retainAll(List.of("name")));
        }
    }

    /** The status of a new object. */
    static Map<String, @Nullable Object> status(KindFacts facts) {
        Map<String, @Nullable Object> status = new LinkedHashMap<>();
        switch (facts.kind()) {
            case "Namespace" -> status.put("phase", "Active");
            case "PersistentVolumeClaim", "Pod" -> status.put("phase", "Pending");
            default -> {}
        }
        return status;
    }

    private static void deployment(Map<String, @Nullable Object> spec) {
        if (spec.isEmpty()) {
            return;
        }
        put(spec, "replicas", 1L);
        put(spec, "revisionHistoryLimit", 10L);
        put(spec, "progressDeadlineSeconds", 600L);
        Map<String, @Nullable Object> strategy = Tree.map(spec, "strategy");
        put(strategy, "type", "RollingUpdate");
        if ("RollingUpdate".equals(strategy.get("type"))) {
            put(strategy, "rollingUpdate", new LinkedHashMap<String, @Nullable Object>());
            put(Tree.map(strategy, "rollingUpdate"), "maxUnavailable", "25%");
            put(Tree.map(strategy, "rollingUpdate"), "maxSurge", "25%");
        }
        podSpec(Tree.map(spec, "template", "spec"));
    }

    private static void podSpec(Map<String, @Nullable Object> spec) {
        if (spec.isEmpty()) {
            return;
        }
        put(spec, "restartPolicy", "Always");
        put(spec, "terminationGracePeriodSeconds", 30L);
        put(spec, "dnsPolicy", "ClusterFirst");
        put(spec, "securityContext", new LinkedHashMap<String, @Nullable Object>());
        put(spec, "schedulerName", "default-scheduler");
        String account = Tree.text(spec, "serviceAccountName");
        if (!account.isEmpty()) {
            spec.put("serviceAccount", account);
        }
        for (String list : List.of("initContainers", "containers")) {
            Tree.maps(spec, list).forEach(KindDefaults::container);
        }
        Tree.maps(spec, "volumes").forEach(KindDefaults::volume);
    }

    private static void container(Map<String, @Nullable Object> container) {
        put(container, "terminationMessagePath", "/dev/termination-log");
        put(container, "terminationMessagePolicy", "File");
        put(container, "imagePullPolicy", pullPolicy(Tree.text(container, "image")));
        for (Map<String, @Nullable Object> port : Tree.maps(container, "ports")) {
            put(port, "protocol", "TCP");
        }
        for (Map<String, @Nullable Object> env : Tree.maps(container, "env")) {
            if (!Tree.map(env, "valueFrom", "fieldRef").isEmpty()) {
                put(Tree.map(env, "valueFrom", "fieldRef"), "apiVersion", "v1");
            }
        }
        for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            probe(Tree.map(container, probe));
        }
    }

    private static String pullPolicy(String image) {
        String name = image.substring(image.lastIndexOf('/') + 1);
        boolean latest = !name.contains("@") && (!name.contains(":") || name.endsWith(":latest"));
        return latest ? "Always" : "IfNotPresent";
    }

    private static void probe(Map<String, @Nullable Object> probe) {
        if (probe.isEmpty()) {
            return;
        }
        put(probe, "timeoutSeconds", 1L);
        put(probe, "periodSeconds", 10L);
        put(probe, "successThreshold", 1L);
        put(probe, "failureThreshold", 3L);
        Map<String, @Nullable Object> http = Tree.map(probe, "httpGet");
        if (!http.isEmpty()) {
            put(http, "path", "/");
            put(http, "scheme", "HTTP");
        }
    }

    private static void volume(Map<String, @Nullable Object> volume) {
        for (String kind : List.of("configMap", "secret", "projected", "downwardAPI")) {
            if (volume.get(kind) instanceof Map<?, ?> source) {
                put(Tree.cast(source), "defaultMode", FILE_MODE);
            }
        }
        if (volume.get("hostPath") instanceof Map<?, ?> source) {
            put(Tree.cast(source), "type", "");
        }
        if (volume.size() == 1) {
            put(volume, "emptyDir", new LinkedHashMap<String, @Nullable Object>());
        }
    }

    private static void service(Map<String, @Nullable Object> spec) {
        if (spec.isEmpty()) {
            return;
        }
        put(spec, "sessionAffinity", "None");
        put(spec, "type", "ClusterIP");
        for (Map<String, @Nullable Object> port : Tree.maps(spec, "ports")) {
            put(port, "protocol", "TCP");
            put(port, "targetPort", port.get("port"));
        }
        if (!"ExternalName".equals(spec.get("type"))) {
            put(spec, "internalTrafficPolicy", "Cluster");
        }
    }

    private static void subjects(Map<String, @Nullable Object> object) {
        if (object.get("roleRef") instanceof Map<?, ?> role) {
            put(Tree.cast(role), "apiGroup", "rbac.authorization.k8s.io");
        }
        for (Map<String, @Nullable Object> subject : Tree.maps(object, "subjects")) {
            if (!"ServiceAccount".equals(subject.get("kind"))) {
                put(subject, "apiGroup", "rbac.authorization.k8s.io");
            }
        }
    }

    private static void putInto(Map<String, @Nullable Object> object, String struct, String field, Object value) {
        if (object.get(struct) instanceof Map<?, ?> map) {
            put(Tree.cast(map), field, value);
        }
    }

    private static void put(Map<String, @Nullable Object> map, String field, @Nullable Object value) {
        if (map.get(field) == null) {
            map.put(field, value);
        }
    }
}
