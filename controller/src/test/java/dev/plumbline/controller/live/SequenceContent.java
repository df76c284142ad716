package dev.plumbline.controller.live;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Random content of the kinds that the sequences are made of. Left out by name: Service and PersistentVolumeClaim (the API
 * server makes values up), quantities that are not canonical, zero values that built-in types do not keep, changes of
 * volume and strategy types, and what else a real server finds not valid by rules that are not in the types of the fields.
 */
final class SequenceContent extends Chance {

    SequenceContent(Random random) {
        super(random);
    }

    Map<String, @Nullable Object> of(String kind, String namespace, String name) {
        Map<String, @Nullable Object> object = map(
                "apiVersion",
                switch (kind) {
                    case "Deployment" -> "apps/v1";
                    case "WorkflowTemplate" -> "argoproj.io/v1alpha1";
                    default -> "v1";
                },
                "kind",
                kind,
                "metadata",
                metadata(map("name", name, "namespace", namespace)));
        object.putAll(body(kind));
        return object;
    }

    /** A merge patch that sets some fields and removes others. */
    Map<String, @Nullable Object> patch(String kind) {
        Map<String, @Nullable Object> patch = body(kind);
        Map<String, @Nullable Object> metadata = metadata(map());
        for (Map<String, @Nullable Object> part : List.of(metadata, patch)) {
            part.replaceAll((key, value) -> removable(key) && chance(4) ? null : holes(value));
        }
        if (chance(2)) {
            patch.put("metadata", metadata);
        }
        return patch;
    }

    private static boolean removable(String key) {
        return !key.equals("spec");
    }

    /** Removes some keys of a map of texts, as a merge patch does it. */
    private @Nullable Object holes(@Nullable Object value) {
        if (value instanceof Map<?, ?> map
                && !map.isEmpty()
                && map.values().stream().allMatch(String.class::isInstance)) {
            Map<String, @Nullable Object> result = map();
            map.forEach((key, text) -> result.put((String) key, chance(3) ? null : text));
            return result;
        }
        return value;
    }

    private Map<String, @Nullable Object> body(String kind) {
        return switch (kind) {
            case "ConfigMap" -> configMap();
            case "ServiceAccount" -> serviceAccount();
            case "Deployment" -> map("spec", deployment());
            default -> map("spec", workflowTemplate());
        };
    }

    private Map<String, @Nullable Object> metadata(Map<String, @Nullable Object> metadata) {
        maybe(metadata, 2, "labels", () -> texts("l", 3));
        maybe(metadata, 3, "annotations", () -> texts("n", 3));
        return metadata;
    }

    private Map<String, @Nullable Object> configMap() {
        Map<String, @Nullable Object> body = map();
        maybe(body, 1, "data", () -> texts("k", 4));
        maybe(body, 4, "binaryData", () -> map("b" + number(2), chance(2) ? "AA==" : "AQ=="));
        return body;
    }

    private Map<String, @Nullable Object> serviceAccount() {
        Map<String, @Nullable Object> body = map();
        maybe(
                body,
                1,
                "secrets",
                () -> some(4, i -> {
                    Map<String, @Nullable Object> secret = map("name", "s" + i);
                    maybe(secret, 3, "namespace", () -> "n" + number(2));
                    return secret;
                }));
        maybe(body, 2, "imagePullSecrets", () -> some(3, i -> map("name", "p" + i)));
        maybe(body, 3, "automountServiceAccountToken", () -> chance(2));
        return body;
    }

    private Map<String, @Nullable Object> podSpec() {
        Map<String, @Nullable Object> podSpec = map("containers", containers());
        maybe(podSpec, 4, "nodeSelector", () -> texts("z", 2));
        maybe(podSpec, 4, "tolerations", () -> some(2, i -> map("key", "t" + i, "operator", "Exists")));
        maybe(
                podSpec,
                4,
                "hostAliases",
                () -> some(2, i -> map("ip", "10.0.0." + (i + 1), "hostnames", list("h" + number(3)))));
        maybe(podSpec, 4, "imagePullSecrets", () -> some(3, i -> map("name", "p" + i)));
        maybe(
                podSpec,
                4,
                "volumes",
                () -> some(3, i -> {
                    Map<String, @Nullable Object> source = map("name", "c" + number(2));
                    maybe(source, 3, "defaultMode", () -> 256L + number(3));
                    return map("name", "v" + i, "configMap", source);
                }));
        maybe(
                podSpec,
                5,
                "topologySpreadConstraints",
                () -> some(
                        3,
                        i -> map(
                                "maxSkew",
                                1L + number(2),
                                "topologyKey",
                                "z" + i,
                                "whenUnsatisfiable",
                                chance(2) ? "DoNotSchedule" : "ScheduleAnyway")));
        maybe(podSpec, 4, "terminationGracePeriodSeconds", () -> 10L + number(3));
        return podSpec;
    }

    private Map<String, @Nullable Object> deployment() {
        Map<String, @Nullable Object> podSpec = podSpec();
        Map<String, @Nullable Object> podMetadata = map("labels", map("app", "x"));
        maybe(podMetadata, 3, "annotations", () -> texts("n", 3));
        Map<String, @Nullable Object> spec = map(
                "selector", map("matchLabels", map("app", "x")),
                "template", map("metadata", podMetadata, "spec", podSpec));
        maybe(spec, 2, "replicas", () -> (long) number(3));
        maybe(spec, 4, "minReadySeconds", () -> 1L + number(3));
        maybe(spec, 4, "paused", () -> true);
        maybe(
                spec,
                4,
                "strategy",
                () -> map("rollingUpdate", map("maxSurge", chance(2) ? "50%" : (Object) (1L + number(2)))));
        return spec;
    }

    private List<@Nullable Object> containers() {
        List<@Nullable Object> containers = list(container("main"));
        if (chance(2)) {
            containers.add(container("side"));
        }
        if (chance(4)) {
            containers.add(container("third"));
        }
        shuffle(containers);
        return containers;
    }

    private Map<String, @Nullable Object> container(String name) {
        Map<String, @Nullable Object> container = map("name", name, "image", "image:" + number(2));
        maybe(
                container,
                2,
                "env",
                () -> some(4, i -> {
                    Map<String, @Nullable Object> env = map("name", "E" + i);
                    maybe(env, 1, "value", () -> "v" + number(3));
                    return env;
                }));
        maybe(
                container,
                3,
                "ports",
                () -> some(3, i -> {
                    Map<String, @Nullable Object> port = map("containerPort", 80L + i);
                    maybe(port, 2, "protocol", () -> chance(2) ? "TCP" : "UDP");
                    String protocol = "UDP".equals(port.get("protocol")) ? "u" : "t";
                    maybe(port, 3, "name", () -> protocol + i + number(2));
                    return port;
                }));
        maybe(container, 3, "args", () -> some(3, i -> "a" + i));
        maybe(container, 4, "resources", () -> map("limits", map("cpu", number(2) + 1 + "00m", "memory", "64Mi")));
        return container;
    }

    private Map<String, @Nullable Object> workflowTemplate() {
        Map<String, @Nullable Object> spec = map();
        maybe(spec, 1, "entrypoint", () -> "e" + number(2));
        maybe(
                spec,
                1,
                "templates",
                () -> some(
                        3,
                        i -> map(
                                "name",
                                "e" + i,
                                "container",
                                map("image", "i:" + number(2), "args", some(2, j -> "a" + j)))));
        maybe(
                spec,
                2,
                "arguments",
                () -> map("parameters", some(3, i -> map("name", "p" + i, "value", "v" + number(2)))));
        maybe(spec, 3, "podMetadata", () -> chance(4) ? map() : map("labels", texts("l", 2)));
        maybe(spec, 3, "nodeSelector", () -> texts("z", 2));
        maybe(spec, 3, "suspend", () -> chance(2));
        maybe(spec, 3, "parallelism", () -> 1L + number(3));
        maybe(spec, 3, "retryStrategy", () -> map("limit", chance(2) ? "2" : (Object) 3L));
        maybe(
                spec,
                3,
                "ttlStrategy",
                () -> map(chance(2) ? "secondsAfterSuccess" : "secondsAfterFailure", 60L * number(3)));
        rarely(spec);
        return spec;
    }

    private void rarely(Map<String, @Nullable Object> spec) {
        maybe(
                spec,
                4,
                "podResources",
                () -> map("claims", some(3, i -> {
                    Map<String, @Nullable Object> claim = map("name", "c" + i);
                    maybe(claim, 2, "request", () -> "r" + number(2));
                    return claim;
                })));
        maybe(spec, 4, "volumes", () -> some(2, i -> map("name", "v" + i, "configMap", map("defaultMode", 256L))));
        maybe(spec, 4, "securityContext", () -> map("runAsUser", (long) number(2), "runAsNonRoot", chance(2)));
        maybe(spec, 4, "synchronization", () -> map("mutexes", some(2, i -> map("name", "m" + i))));
    }
}
