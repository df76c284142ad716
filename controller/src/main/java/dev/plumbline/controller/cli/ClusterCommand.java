package dev.plumbline.controller.cli;

import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that speaks to a Kubernetes cluster as the user whom a kubeconfig names. */
@Command(mixinStandardHelpOptions = true, usageHelpAutoWidth = true)
abstract class ClusterCommand implements Callable<Integer> {

    static final InstantSource CLOCK = InstantSource.system();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    CommandSpec spec;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "kubeconfig file (default: $KUBECONFIG, else ~/.kube/config, else the cluster of this pod)")
    @Nullable
    Path kubeconfig;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            defaultValue = "",
            description = "context of the kubeconfig (default: its current one)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String context;

    /** Does the work and answers the exit code. */
    abstract int run() throws ClusterException;

    @Override
    public final Integer call() {
        try {
            return run();
        } catch (ClusterException e) {
            throw new CommandException(CommandException.ENVIRONMENT, String.valueOf(e.getMessage()));
        }
    }

    final KubeCluster connect() throws ClusterException {
        return KubeCluster.open(kubeconfig, context, CLOCK);
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Says one line at once. */
    final void say(String line) {
        out().println(Table.printable(line));
        out().flush();
    }
}
