package dev.plumbline.tests.differential;

import static dev.plumbline.tests.differential.Trees.list;
import static dev.plumbline.tests.differential.Trees.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Random pod specs, rich in lists that merge by key. */
final class Pods {

    static final List<String> IMAGES = List.of(
            "nginx", "nginx:1.25", "registry.example:5000/team/app:v1", "app@sha256:abc123", "busybox:1@sha256:00ff");

    private final Dice dice;
    private final Names names;
    private final boolean careful;

    /** Of careful ones every element of a list of texts is one, so that vars can be replaced in it. */
    Pods(Dice dice, Names names, boolean careful) {
        this.dice = dice;
        this.names = names;
        this.careful = careful;
    }

    Map<String, @Nullable Object> template(Map<String, @Nullable Object> labels) {
        Map<String, @Nullable Object> template = map();
        if (!dice.one(10)) {
            template.put("metadata", map("labels", Trees.copy(labels)));
        }
        if (dice.one(6)) {
            Trees.mapIn(template, "metadata").put("annotations", map("note", "x"));
        }
        template.put("spec", spec());
        return template;
    }

    Map<String, @Nullable Object> spec() {
        Map<String, @Nullable Object> spec = map();
        if (dice.one(3)) {
            spec.put("serviceAccountName", names.any("ServiceAccount"));
        }
        if (dice.one(5)) {
            spec.put("imagePullSecrets", list(map("name", names.any("Secret")), map("name", "pull")));
        }
        if (dice.one(4)) {
            spec.put("initContainers", list(container("init")));
        }
        List<@Nullable Object> containers = new ArrayList<>();
        for (String name : List.of("main", "side", "log").subList(0, dice.between(1, 3))) {
            containers.add(container(name));
        }
        spec.put("containers", containers);
        if (dice.one(2)) {
            spec.put("volumes", volumes());
        }
        if (dice.one(6)) {
            spec.put("tolerations", list(map("key", "gpu", "operator", "Exists"), map("key", "arm")));
        }
        if (dice.one(8)) {
            spec.put("hostAliases", list(map("ip", "10.0.0.1", "hostnames", list("a", "b"))));
        }
        if (dice.one(8)) {
            spec.put("topologySpreadConstraints", list(spread("zone"), spread("node")));
        }
        if (dice.one(8)) {
            spec.put("nodeSelector", map("disk", "ssd"));
        }
        if (dice.one(9)) {
            spec.put("priorityClassName", names.any("PriorityClass"));
        }
        return spec;
    }

    private Map<String, @Nullable Object> spread(String key) {
        Map<String, @Nullable Object> spread = map("maxSkew", 1, "topologyKey", key);
        spread.put("whenUnsatisfiable", dice.pick("DoNotSchedule", "ScheduleAnyway"));
        spread.put("labelSelector", map("matchLabels", map("app", "web")));
        return spread;
    }

    Map<String, @Nullable Object> container(String name) {
        Map<String, @Nullable Object> container = map("name", name, "image", dice.pick(IMAGES));
        if (dice.one(2)) {
            container.put(
                    "command",
                    list("run", "--port", dice.pick("8080", "-v", "x y"), careful ? "1" : dice.pick(1, true, "1")));
        }
        if (dice.one(2)) {
            container.put("env", env());
        }
        if (dice.one(5)) {
            container.put(
                    "envFrom",
                    list(
                            map("configMapRef", map("name", names.any("ConfigMap"))),
                            map("secretRef", map("name", names.any("Secret")), "prefix", "P_")));
        }
        if (dice.one(2)) {
            container.put("ports", ports());
        }
        if (dice.one(3)) {
            container.put(
                    "volumeMounts",
                    list(
                            map("name", "data", "mountPath", "/data"),
                            map("name", "conf", "mountPath", dice.pick("/conf", "/data/conf"), "readOnly", true)));
        }
        if (dice.one(4)) {
            container.put("resources", map("limits", map("cpu", dice.pick(1, "1", "500m", 0.5), "memory", "1Gi")));
        }
        if (dice.one(6)) {
            container.put(
                    "args", dice.pick(list(), list("a", "a", "b"), careful ? list("$(HOST)") : list(1, 2.5, null)));
        }
        if (dice.one(9)) {
            container.put("livenessProbe", map("httpGet", map("path", "/", "port", dice.pick(80, "http"))));
        }
        return container;
    }

    private List<@Nullable Object> env() {
        List<@Nullable Object> env = new ArrayList<>();
        for (String name : dice.some(List.of("LEVEL", "COLOUR", "HOST", "TOKEN"), 60)) {
            env.add(
                    switch (dice.below(4)) {
                        case 0 ->
                            map(
                                    "name",
                                    name,
                                    "valueFrom",
                                    map("configMapKeyRef", map("name", names.any("ConfigMap"), "key", "k")));
                        case 1 ->
                            map(
                                    "name",
                                    name,
                                    "valueFrom",
                                    map("secretKeyRef", map("name", names.any("Secret"), "key", "k")));
                        default ->
                            map(
                                    "name",
                                    name,
                                    "value",
                                    dice.pick("info", "1", "true", "", "$(HOST)", "a: b", "multi\nline\n"));
                    });
        }
        return env;
    }

    List<@Nullable Object> ports() {
        List<@Nullable Object> ports = new ArrayList<>();
        for (int port : dice.some(List.of(80, 443, 8080, 53), 50)) {
            Map<String, @Nullable Object> entry = map("containerPort", port);
            if (dice.one(2)) {
                entry.put("name", "p" + port);
            }
            if (dice.one(2)) {
                entry.put("protocol", dice.pick("TCP", "UDP"));
            }
            ports.add(entry);
            if (port == 53 && dice.one(2)) {
                ports.add(map("containerPort", 53, "protocol", "SCTP", "name", "p53s"));
            }
        }
        return ports;
    }

    private List<@Nullable Object> volumes() {
        List<@Nullable Object> volumes = new ArrayList<>();
        volumes.add(map("name", "data", "emptyDir", map()));
        volumes.add(
                switch (dice.below(4)) {
                    case 0 -> map("name", "conf", "secret", map("secretName", names.any("Secret")));
                    case 1 ->
                        map(
                                "name",
                                "conf",
                                "persistentVolumeClaim",
                                map("claimName", names.any("PersistentVolumeClaim")));
                    case 2 ->
                        map(
                                "name",
                                "conf",
                                "projected",
                                map(
                                        "sources",
                                        list(
                                                map("configMap", map("name", names.any("ConfigMap"))),
                                                map("secret", map("name", names.any("Secret"))))));
                    default ->
                        map(
                                "name",
                                "conf",
                                "configMap",
                                map("name", names.any("ConfigMap"), "items", list(map("key", "k", "path", "p"))));
                });
        return volumes;
    }
}
