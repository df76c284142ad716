package dev.plumbline.controller.kube;

import dev.plumbline.controller.live.ClusterException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads kubeconfigs. */
final class KubeConfiguration {

    private KubeConfiguration() {}

    /**
     * The configuration of a context.
     *
     * @param kubeconfig a file; null for this pod's, else the user's
     * @param context its name; empty for the current one
     * @throws ClusterException when it cannot be read or has no such context
     */
    static Config read(@Nullable Path kubeconfig, String context) throws ClusterException {
        try {
            String chosen = context.isEmpty() ? null : context;
            Config found = kubeconfig == null
                    ? Config.autoConfigure(chosen)
                    : Config.fromKubeconfig(chosen, kubeconfig.toFile());
            if (chosen != null
                    && (found.getCurrentContext() == null
                            || !chosen.equals(found.getCurrentContext().getName()))) {
                throw new IllegalArgumentException("it has no context named " + chosen);
            }
            Config config = new ConfigBuilder(found)
                    .withRequestRetryBackoffLimit(0)
                    .withHttp2Disable(true)
                    .build();
            TokenFile.of(found, kubeconfig).ifPresent(config::setOauthTokenProvider);
            return config;
        } catch (KubernetesClientException | IllegalArgumentException e) {
            throw new ClusterException(
                    ClusterException.Reason.INVALID,
                    null,
                    "reading the kubeconfig " + kubeconfig + " failed, because " + e.getMessage() + "; correct it");
        }
    }
}
