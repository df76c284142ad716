package dev.plumbline.controller.kube;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Where the API server serves each kind; asked once per group version, and again when a kind is missing. */
final class Discovery {

    /** How long a missing kind is believed to be missing. */
    private static final Duration MISSING_FOR = Duration.ofSeconds(2);

    /**
     * Where objects of a kind are.
     *
     * @param root such as {@code /apis/apps/v1}
     * @param apiVersion such as {@code apps/v1}
     * @param plural name of the resource
     * @param namespaced whether they live in namespaces
     */
    record Resource(String root, String apiVersion, String kind, String plural, boolean namespaced) {

        /** The path of all objects, or of those of a namespace when it is not empty. */
        String path(String namespace) {
            return root + (namespaced && !namespace.isEmpty() ? "/namespaces/" + KubeHttp.encode(namespace) : "") + "/"
                    + plural;
        }
    }

    private record Known(Map<String, Resource> kinds, long at) {}

    /** The versions of a group, the preferred one first. */
    private record Served(List<String> apiVersions, long at) {}

    private final KubeHttp http;
    private final InstantSource clock;
    private final Map<String, Known> versions = new ConcurrentHashMap<>();
    private final Map<String, Served> groups = new ConcurrentHashMap<>();

    Discovery(KubeHttp http, InstantSource clock) {
        this.http = http;
        this.clock = clock;
    }

    /** The resource of a kind in the version that the server prefers, or, of a kind that this lacks, in the next one that has it. */
    Resource of(String group, String kind, @Nullable ObjectKey key) throws ClusterException {
        if (group.isEmpty()) {
            return in("v1", kind, key);
        }
        Served served = groups.get(group);
        Resource resource = served == null ? null : find(served, kind);
        if (resource != null) {
            return resource;
        }
        if (served == null || old(served.at)) {
            served = served(group, kind, key);
            groups.put(group, served);
            resource = find(served, kind);
        }
        if (resource == null) {
            throw unknown(served.apiVersions.getFirst(), kind, key);
        }
        return resource;
    }

    private @Nullable Resource find(Served served, String kind) throws ClusterException {
        for (String apiVersion : served.apiVersions) {
            Resource resource = find(apiVersion, kind);
            if (resource != null) {
                return resource;
            }
        }
        return null;
    }

    /** The resource of a kind in a version. */
    Resource in(String apiVersion, String kind, @Nullable ObjectKey key) throws ClusterException {
        Resource resource = find(apiVersion, kind);
        if (resource == null) {
            throw unknown(apiVersion, kind, key);
        }
        return resource;
    }

    private @Nullable Resource find(String apiVersion, String kind) throws ClusterException {
        Known known = versions.get(apiVersion);
        if (known == null || (!known.kinds.containsKey(kind) && old(known.at))) {
            known = ask(apiVersion);
            versions.put(apiVersion, known);
        }
        return known.kinds.get(kind);
    }

    private boolean old(long at) {
        return clock.millis() - at > MISSING_FOR.toMillis();
    }

    private Served served(String group, String kind, @Nullable ObjectKey key) throws ClusterException {
        KubeHttp.Answer answer = http.get("asking for the versions of " + group, null, "/apis/" + group);
        if (answer.code() == 404) {
            throw unknown(group, kind, key);
        }
        if (!answer.good()) {
            throw KubeErrors.of("asking for the versions of " + group + " on", null, answer.code(), answer.body());
        }
        Map<String, @Nullable Object> found = answer.object("discovery");
        Set<String> all = new LinkedHashSet<>();
        all.add(Tree.text(found, "preferredVersion", "groupVersion"));
        for (Map<String, @Nullable Object> version : Tree.maps(found, "versions")) {
            all.add(Tree.text(version, "groupVersion"));
        }
        return new Served(List.copyOf(all), clock.millis());
    }

    private Known ask(String apiVersion) throws ClusterException {
        String root = (apiVersion.indexOf('/') < 0 ? "/api/" : "/apis/") + apiVersion;
        KubeHttp.Answer answer = http.get("asking for the kinds of " + apiVersion, null, root);
        Map<String, Resource> kinds = new HashMap<>();
        if (answer.good()) {
            for (Map<String, @Nullable Object> resource : Tree.maps(answer.object("discovery"), "resources")) {
                String name = Tree.text(resource, "name");
                String kind = Tree.text(resource, "kind");
                if (!name.contains("/")) {
                    kinds.put(
                            kind,
                            new Resource(
                                    root, apiVersion, kind, name, Boolean.TRUE.equals(resource.get("namespaced"))));
                }
            }
        } else if (answer.code() != 404) {
            throw KubeErrors.of("asking for the kinds of " + apiVersion + " on", null, answer.code(), answer.body());
        }
        return new Known(kinds, clock.millis());
    }

    private static ClusterException unknown(String where, String kind, @Nullable ObjectKey key) {
        return new ClusterException(
                ClusterException.Reason.UNSUPPORTED,
                key,
                "the cluster does not know the kind " + kind + " in " + where
                        + "; install its CustomResourceDefinition first");
    }
}
