package dev.plumbline.controller.cli;

import dev.plumbline.controller.kube.KubeCalls;
import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that name a cluster and a sync of it; without any of them a command asks the {@code plumbline up} of this machine. */
final class ClusterOption {

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "ask a cluster: kubeconfig file (default: $KUBECONFIG, else ~/.kube/config)")
    @Nullable
    Path kubeconfig;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            defaultValue = "",
            description = "ask a cluster: context of the kubeconfig (default: its current one)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String context;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            defaultValue = "",
            description = "ask a cluster: namespace of the sync (default: the context's)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String namespace;

    @Option(
            names = {"-s", "--sync"},
            paramLabel = "NAME",
            defaultValue = "",
            description = "ask a cluster: name of the PipelineSync (default: the only one of the namespace)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String sync;

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "${env:PLUMBLINE_SERVER:-}",
            description =
                    "ask a cluster: its controller at this address (default: $PLUMBLINE_SERVER, else through the API"
                            + " server); $PLUMBLINE_TOKEN is shown to it instead of a new token")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String server;

    @Option(
            names = "--system-namespace",
            paramLabel = "NAME",
            defaultValue = "plumbline-system",
            description = "namespace of the controller (default: plumbline-system)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String system;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "2m",
            converter = TimeOption.Wait.class,
            description = "longest wait for the controller to follow an order (default: 2m)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    Duration timeout;

    /** Whether a cluster is meant. */
    boolean given() {
        return kubeconfig != null || !context.isEmpty() || !namespace.isEmpty() || !sync.isEmpty() || !server.isEmpty();
    }

    /**
     * The cluster.
     *
     * @param named the sync's name as a command's own argument; empty when it was left out
     * @param err where what people should know is said
     */
    Api open(String named, PrintWriter err) {
        if (!named.isEmpty() && !sync.isEmpty() && !named.equals(sync)) {
            throw new CommandException(
                    CommandException.ENVIRONMENT,
                    "both " + named + " and --sync " + sync + " name the sync; leave one of them out");
        }
        try {
            KubeCluster cluster = KubeCluster.open(kubeconfig, context, ClusterCommand.CLOCK);
            KubeCalls calls = cluster.calls();
            String where = namespace.isEmpty() ? calls.namespace() : namespace;
            ClusterPlace place = new ClusterPlace(cluster, calls, where, timeout);
            ClusterSyncs syncs = new ClusterSyncs(place, named.isEmpty() ? sync : named);
            return new ClusterApi(place, syncs, new ClusterQuestions(place, server, system), err);
        } catch (ClusterException e) {
            throw new CommandException(CommandException.ENVIRONMENT, String.valueOf(e.getMessage()));
        }
    }
}
