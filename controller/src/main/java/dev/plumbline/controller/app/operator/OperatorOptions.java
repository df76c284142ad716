package dev.plumbline.controller.app.operator;

import dev.plumbline.controller.live.RunArchive;
import dev.plumbline.registry.lineage.LineageSink;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.s3.S3Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
 * @param mirrors folder for mirrors of repositories and the index of runs; what is in it can be fetched or made again
 * @param host address that its HTTP listens on
 * @param port port of its HTTP; 0 for any free one
 * @param allowances what its operator allows to the people who write syncs
 * @param argoConfig the ConfigMap that Argo's controller is configured by
 * @param keepRuns how long a run that was deleted is kept at most so that it can be recorded; null to keep none
 * @param mlflow address of the model registry; null where there is none
 * @param keys folder of the keys that evidence is signed with; null to sign none
 * @param artifacts buckets whose artifacts are read for their digests; none are read elsewhere
 * @param lineage takes the recorded runs as lineage events; null for nobody
 * @param archive where Argo keeps runs that are deleted; null where it is not asked
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
        Allowances allowances,
        ObjectKey argoConfig,
        @Nullable Duration keepRuns,
        @Nullable URI mlflow,
        @Nullable Path keys,
        List<S3Settings> artifacts,
        @Nullable LineageSink lineage,
        @Nullable RunArchive archive) {

    /**
     * What is refused unless the operator of the controller allows it.
     *
     * @param ownRights whether a sync without a service account may act with the rights of the controller itself
     * @param localRepositories whether a repository may be a path of the controller's machine
     * @param otherNamespaces whether a sync may depend on one of another namespace, whose state it then shows
     */
    public record Allowances(boolean ownRights, boolean localRepositories, boolean otherNamespaces) {}

    /** Where Argo's own manifests put that ConfigMap. */
    public static final String ARGO_CONFIG = "argo/workflow-controller-configmap";

    /**
     * The ConfigMap of a name.
     *
     * @param place its namespace, a slash and its name
     * @throws IllegalArgumentException when it is written otherwise
     */
    public static ObjectKey configMap(String place) {
        String[] words = place.split("/", -1);
        if (words.length != 2 || words[0].isEmpty() || words[1].isEmpty()) {
            throw new IllegalArgumentException("'" + place
                    + "' names no ConfigMap; write its namespace, '/' and its name, such as " + ARGO_CONFIG);
        }
        return new ObjectKey("", "ConfigMap", words[0], words[1]);
    }

    /** The index of runs, which is made again from the store when it is missing. */
    Path index() {
        return mirrors.resolve("index.db");
    }

    /** Keeps its own copies. */
    public OperatorOptions {
        watched = Set.copyOf(watched);
        artifacts = List.copyOf(artifacts);
    }
}
