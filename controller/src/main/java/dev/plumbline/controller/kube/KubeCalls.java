package dev.plumbline.controller.kube;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import io.fabric8.kubernetes.client.Config;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a person asks an API server for beside objects: tokens of service accounts, HTTP of services, logs of pods. */
public final class KubeCalls {

    private static final String JSON = "application/json";

    /** Most of a log that is read, from its beginning. */
    public static final int MAX_LOG_BYTES = 16 * 1024 * 1024;

    private final KubeHttp http;
    private final Config config;

    KubeCalls(KubeHttp http, Config config) {
        this.http = http;
        this.config = config;
    }

    /**
     * An answer over HTTP.
     *
     * @param code its status
     * @param body its text
     */
    public record Reply(int code, String body) {}

    /** The context of the kubeconfig; empty in a pod. */
    public String context() {
        return config.getCurrentContext() == null
                ? ""
                : config.getCurrentContext().getName();
    }

    /** The namespace of the context; {@code default} where it names none. */
    public String namespace() {
        String named = config.getNamespace();
        return named == null || named.isEmpty() ? "default" : named;
    }

    /**
     * A new token of a service account (TokenRequest). Nobody but its audience accepts it.
     *
     * @param lifetime how long it is good; the API server gives no less than ten minutes
     * @throws ClusterException NOT_FOUND without the account, FORBIDDEN without the right
     */
    public String token(ObjectKey account, String audience, Duration lifetime) throws ClusterException {
        Map<String, @Nullable Object> request = new LinkedHashMap<>();
        request.put("apiVersion", "authentication.k8s.io/v1");
        request.put("kind", "TokenRequest");
        Tree.set(request, List.of(audience), "spec", "audiences");
        Tree.set(request, lifetime.toSeconds(), "spec", "expirationSeconds");
        String path = "/api/v1/namespaces/" + KubeHttp.encode(account.namespace()) + "/serviceaccounts/"
                + KubeHttp.encode(account.name()) + "/token";
        String doing = "making a token of";
        KubeHttp.Answer answer = http.send(doing, account, "POST", path, JSON, Json.write(request));
        if (!answer.good()) {
            throw KubeErrors.of(doing, account, answer.code(), answer.body());
        }
        return Tree.text(answer.object(doing), "status", "token");
    }

    /**
     * Asks a service of the cluster over HTTP, through the API server, which drops {@code Authorization}.
     *
     * @param service the Service
     * @param port the name of its port
     * @param path path and query, from the service's root on
     * @param headers headers that the service gets
     * @param patience longest wait for its answer
     * @throws ClusterException when the API server does not let the caller through, or nothing answers behind it
     */
    public Reply ask(ObjectKey service, String port, String path, Map<String, String> headers, Duration patience)
            throws ClusterException {
        String doing = "asking";
        String proxy = "/api/v1/namespaces/" + KubeHttp.encode(service.namespace()) + "/services/http:"
                + KubeHttp.encode(service.name()) + ":" + KubeHttp.encode(port) + "/proxy" + path;
        KubeHttp.Answer answer = http.get(doing, service, proxy, headers, patience);
        if (!answer.good() && KubeErrors.isStatus(answer.body())) { // The API server's own words, not the service's.
            throw KubeErrors.of(doing, service, answer.code(), answer.body());
        }
        return new Reply(answer.code(), answer.body());
    }

    /**
     * What a container printed so far.
     *
     * @throws ClusterException NOT_FOUND without the pod, INVALID while the container has not begun
     */
    public String log(ObjectKey pod, String container) throws ClusterException {
        String doing = "reading the log of";
        KubeHttp.Answer answer = http.get(
                doing,
                pod,
                "/api/v1/namespaces/" + KubeHttp.encode(pod.namespace()) + "/pods/" + KubeHttp.encode(pod.name())
                        + "/log?container=" + KubeHttp.encode(container) + "&limitBytes=" + MAX_LOG_BYTES);
        if (!answer.good()) {
            throw KubeErrors.of(doing, pod, answer.code(), answer.body());
        }
        return answer.body();
    }
}
