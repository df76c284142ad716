package dev.plumbline.controller.kube;

import dev.plumbline.controller.apply.ClusterWriter;
import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.apply.StatusWriter;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.live.LiveList;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.controller.live.Watch;
import dev.plumbline.controller.live.WatchListener;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes cluster. Reads ask the API server each time. Writes validate strictly: a field that its kind does not have is
 * INVALID, never dropped.
 */
public final class KubeCluster implements ClusterReader, ClusterWriter, StatusWriter, AutoCloseable {

    private static final String JSON = "application/json";
    private static final String APPLY = "application/apply-patch+yaml";
    private static final String MERGE = "application/merge-patch+json";
    private static final String STEPS = "application/json-patch+json";

    private final KubernetesClient client;
    private final KubeHttp http;
    private final Discovery discovery;

    private KubeCluster(KubernetesClient client, KubeHttp http, Discovery discovery) {
        this.client = client;
        this.http = http;
        this.discovery = discovery;
    }

    /**
     * The cluster that a kubeconfig file names, or, without one, the cluster of this pod or of the user's configuration.
     *
     * @throws ClusterException when the configuration cannot be read; nothing is asked of the cluster yet
     */
    public static KubeCluster open(@Nullable Path kubeconfig, InstantSource clock) throws ClusterException {
        return open(kubeconfig, "", clock);
    }

    /**
     * The same with a context of the configuration.
     *
     * @param context its name; empty for the current one
     * @throws ClusterException when the configuration cannot be read or has no such context
     */
    public static KubeCluster open(@Nullable Path kubeconfig, String context, InstantSource clock)
            throws ClusterException {
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(KubeConfiguration.read(kubeconfig, context))
                .build();
        KubeHttp http = new KubeHttp(client);
        return new KubeCluster(client, http, new Discovery(http, clock));
    }

    /** What a person asks the same API server for beside objects. */
    public KubeCalls calls() {
        return new KubeCalls(http, client.getConfiguration());
    }

    /**
     * The same cluster over the same connections, every request made in the name of a user: what is not allowed to that user is
     * FORBIDDEN. The API server adds the groups of a service account by itself. Closing it closes nothing.
     *
     * @param user such as {@code system:serviceaccount:team-a:deployer}
     */
    public KubeCluster as(String user) {
        return new KubeCluster(client, http.as(user), discovery);
    }

    /**
     * The same cluster for the few requests that must be in time whatever else is asked of it, such as the renewal of a Lease. Closing it
     * closes nothing.
     */
    public KubeCluster apart() {
        return new KubeCluster(client, http.apart(), discovery);
    }

    /**
     * The same cluster for requests whose answer is of no use later. Closing it closes nothing.
     *
     * @param patience longest wait for an answer, and for a server that is busy
     */
    public KubeCluster within(Duration patience) {
        return new KubeCluster(client, http.within(patience), discovery);
    }

    @Override
    public String clusterId() throws ClusterException {
        ObjectKey key = new ObjectKey("", "Namespace", "", "kube-system");
        return Tree.text(
                get(key).orElseThrow(() -> KubeHttp.unavailable("identifying", key, "it is not there")),
                "metadata",
                "uid");
    }

    @Override
    public Optional<Map<String, @Nullable Object>> get(ObjectKey key) throws ClusterException {
        KubeHttp.Answer answer = http.get("reading", key, path(key));
        if (KubeErrors.saysNotFound(answer.code(), answer.body())) {
            return Optional.empty();
        }
        return Optional.of(object("reading", key, answer));
    }

    @Override
    public LiveList list(Selection selection) throws ClusterException {
        List<Map<String, @Nullable Object>> items = new ArrayList<>();
        String version = new KubeList(http, discovery, selection).read(items::add, items::clear);
        return new LiveList(version, items);
    }

    @Override
    public String list(Selection selection, Consumer<Map<String, @Nullable Object>> each) throws ClusterException {
        return new KubeList(http, discovery, selection).read(each, () -> {});
    }

    @Override
    public Watch watch(Selection selection, String resourceVersion, WatchListener listener) throws ClusterException {
        if (!resourceVersion.matches("[1-9][0-9]{0,18}")) {
            throw new ClusterException(
                    ClusterException.Reason.INVALID,
                    null,
                    "watching " + selection.kind() + " failed, because " + resourceVersion
                            + " is not a resourceVersion; take it from a list");
        }
        Discovery.Resource resource = discovery.of(selection.group(), selection.kind(), null);
        String labels = KubeList.selector(selection);
        String path = resource.path(selection.namespace()) + "?watch=true&allowWatchBookmarks=true"
                + (labels.isEmpty() ? "" : "&labelSelector=" + KubeHttp.encode(labels));
        return new KubeWatch(http, selection.kind(), path, resourceVersion, listener).start();
    }

    @Override
    public Map<String, @Nullable Object> apply(
            Map<String, @Nullable Object> content, String manager, boolean force, boolean dryRun)
            throws ClusterException {
        ObjectKey key = Manifest.keyOf(content);
        if (key.name().isEmpty()) {
            throw invalid(key, "it has no metadata.name; write one");
        }
        String query = "?fieldManager=" + KubeHttp.encode(manager) + "&force=" + force + "&fieldValidation=Strict"
                + (dryRun ? "&dryRun=All" : "");
        String path = resource(content, key).path(key.namespace()) + "/" + KubeHttp.encode(key.name());
        return object("applying", key, http.send("applying", key, "PATCH", path + query, APPLY, Json.write(content)));
    }

    @Override
    public Map<String, @Nullable Object> create(Map<String, @Nullable Object> content, String manager)
            throws ClusterException {
        ObjectKey key = Manifest.keyOf(content);
        String path = resource(content, key).path(key.namespace()) + "?fieldManager=" + KubeHttp.encode(manager)
                + "&fieldValidation=Strict";
        return object("creating", key, http.send("creating", key, "POST", path, JSON, Json.write(content)));
    }

    @Override
    public Map<String, @Nullable Object> mergePatch(ObjectKey key, Map<String, @Nullable Object> patch, String manager)
            throws ClusterException {
        String path = path(key) + "?fieldManager=" + KubeHttp.encode(manager) + "&fieldValidation=Strict";
        return object("patching", key, http.send("patching", key, "PATCH", path, MERGE, Json.write(patch)));
    }

    @Override
    public Map<String, @Nullable Object> status(
            ObjectKey key, String uid, Map<String, @Nullable Object> status, String manager) throws ClusterException {
        String doing = "writing the status of";
        String path = path(key) + "/status?fieldManager=" + KubeHttp.encode(manager) + "&fieldValidation=Strict";
        String steps = Json.write(List.of(
                Map.of("op", "test", "path", "/metadata/uid", "value", uid),
                Map.of("op", "add", "path", "/status", "value", status)));
        try {
            return object(doing, key, http.send(doing, key, "PATCH", path, STEPS, steps));
        } catch (ClusterException e) {
            // A server answers the same to a test that fails and to a status that the schema refuses.
            if (e.reason() == ClusterException.Reason.INVALID
                    && get(key).filter(live -> uid.equals(Tree.text(live, "metadata", "uid")))
                            .isEmpty()) {
                throw new ClusterException(
                        ClusterException.Reason.NOT_FOUND, key, doing + " " + key + " failed, because it is gone");
            }
            throw e;
        }
    }

    @Override
    public void delete(ObjectKey key, DeleteOptions options) throws ClusterException {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("apiVersion", "v1");
        body.put("kind", "DeleteOptions");
        body.put("propagationPolicy", options.orphan() ? "Orphan" : "Background");
        if (options.uid() != null) {
            Tree.set(body, options.uid(), "preconditions", "uid");
        }
        if (options.resourceVersion() != null) {
            Tree.set(body, options.resourceVersion(), "preconditions", "resourceVersion");
        }
        KubeHttp.Answer answer = http.send("deleting", key, "DELETE", path(key), JSON, Json.write(body));
        if (!answer.good()) {
            throw KubeErrors.of("deleting", key, answer.code(), answer.body());
        }
    }

    /** Ends connections; watches end with them. */
    @Override
    public void close() {
        client.close();
    }

    private String path(ObjectKey key) throws ClusterException {
        Discovery.Resource resource = discovery.of(key.group(), key.kind(), key);
        placed(resource, key);
        return resource.path(key.namespace()) + "/" + KubeHttp.encode(key.name());
    }

    private Discovery.Resource resource(Map<String, @Nullable Object> content, ObjectKey key) throws ClusterException {
        String apiVersion = Tree.text(content, "apiVersion");
        if (apiVersion.isEmpty() || key.kind().isEmpty()) {
            throw invalid(key, "it has no apiVersion or no kind; write both");
        }
        Discovery.Resource resource = discovery.in(apiVersion, key.kind(), key);
        placed(resource, key);
        return resource;
    }

    private static void placed(Discovery.Resource resource, ObjectKey key) throws ClusterException {
        if (resource.namespaced() == key.namespace().isEmpty()) {
            throw invalid(
                    key,
                    resource.namespaced()
                            ? "it has no metadata.namespace; write one"
                            : key.kind() + " has no namespace; remove metadata.namespace");
        }
    }

    private static ClusterException invalid(ObjectKey key, String why) {
        return new ClusterException(ClusterException.Reason.INVALID, key, key + " is not valid, because " + why);
    }

    private static Map<String, @Nullable Object> object(String doing, ObjectKey key, KubeHttp.Answer answer)
            throws ClusterException {
        if (!answer.good()) {
            throw KubeErrors.of(doing, key, answer.code(), answer.body());
        }
        return Tree.freeze(answer.object(doing));
    }
}
