package dev.plumbline.controller.app.operator;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How {@code plumbline controller} runs.
 *
 * @param kubeconfig a kubeconfig file; null for the cluster of this pod or of the user's configuration
 * @param context a context of it; empty for the current one
 * @param namespace where its Lease is
 * @param watched namespaces whose syncs it serves; empty for all of them
 * @param lease how long an unchanged lease of another program is respected; 15 s is what Kubernetes' own components use
 * @param identity who it is among the programs that share the Lease
 * @param store folder of the store, a volume in a pod; or {@code s3://bucket/prefix}, which several programs may share
 * @param mirrors folder for mirrors of repositories; what is in it can be fetched again
 * @param host address that its HTTP listens on
 * @param port port of its HTTP; 0 for any free one
 * @param ownRights whether a sync without a service account may act with the rights of the controller itself
 * @param localRepositories whether a repository may be a path of the controller's machine
 * @param mlflow address of the model registry; null where there is none
 * @param keys folder of the keys that evidence is signed with; null to sign none
 */
public record OperatorOptions(
        @Nullable Path kubeconfig,
        String context,
        String namespace,
        Set<String> watched,
        Duration lease,
        String identity,
        String store,
        Path mirrors,
        String host,
        int port,
        boolean ownRights,
        boolean localRepositories,
        @Nullable URI mlflow,
        @Nullable Path keys) {

    /** Keeps its own copy. */
    public OperatorOptions {
        watched = Set.copyOf(watched);
    }
}
