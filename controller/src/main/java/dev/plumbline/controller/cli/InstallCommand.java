package dev.plumbline.controller.cli;

import dev.plumbline.controller.app.install.InstallException;
import dev.plumbline.controller.app.install.InstallOptions;
import dev.plumbline.controller.app.install.InstallOptions.Component;
import dev.plumbline.controller.app.install.Installation;
import dev.plumbline.controller.app.install.Installer;
import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.manifest.Manifest;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plumbline install}. */
@Command(
        name = "install",
        description = {
            "Put the controller into a cluster: what `kubectl apply -k controller/deploy` applies, without a clone.",
            "",
            "Doing it again changes nothing; with other options, or from a newer version, it leaves exactly what is"
                    + " asked for. Custom resources, history and the namespace are never removed."
        },
        footer = {
            "",
            "Examples:",
            "  plumbline install --image registry.example/plumbline:0.1.0 --manage team-a --manage team-b \\",
            "      --mlflow http://mlflow.mlflow:5000",
            "  plumbline install --cluster-wide -o yaml | kubectl diff -f -"
        })
final class InstallCommand extends ClusterCommand {

    /** How to print instead of applying. */
    enum Format {
        /** As kustomize prints. */
        yaml,
        /** As one List. */
        json
    }

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            defaultValue = InstallOptions.NAMESPACE,
            description = "namespace of the controller (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String namespace;

    @Option(
            names = "--manage",
            paramLabel = "NAMESPACE",
            split = ",",
            description = "further namespaces whose syncs it serves, which exist already; may be given again")
    @Nullable
    List<String> manage;

    @Option(names = "--cluster-wide", description = "serve the syncs of every namespace")
    boolean clusterWide;

    @Option(names = "--prometheus", description = "add a ServiceMonitor, for clusters with the Prometheus operator")
    boolean prometheus;

    @Option(names = "--s3", description = "keep the store in S3, as the Secret plumbline-s3 says, and run two replicas")
    boolean s3;

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            defaultValue = "",
            description = "the controller's image with tag or digest (default: plumbline of this version)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String image;

    @Option(
            names = "--mlflow",
            paramLabel = "URL",
            description = "MLflow's tracking server, where models of recorded runs are looked up and tagged")
    @Nullable
    URI mlflow;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "print the objects, and apply nothing: ${COMPLETION-CANDIDATES}")
    @Nullable
    Format output;

    @Override
    int run() throws ClusterException {
        try {
            List<Manifest> objects = Installation.render(options());
            if (output != null) {
                out().print(output == Format.yaml ? RenderCommand.yaml(objects) : RenderCommand.json(objects) + "\n");
                return 0;
            }
            try (KubeCluster cluster = connect()) {
                new Installer(cluster, cluster, CLOCK, this::say).install(objects);
            }
        } catch (InstallException e) {
            throw new CommandException(CommandException.ENVIRONMENT, String.valueOf(e.getMessage()));
        }
        say("installed; see it start with: kubectl -n " + namespace
                + " rollout status deployment/plumbline-controller");
        return 0;
    }

    private InstallOptions options() {
        Set<Component> components = EnumSet.noneOf(Component.class);
        if (clusterWide) {
            components.add(Component.CLUSTER_WIDE);
        }
        if (prometheus) {
            components.add(Component.PROMETHEUS);
        }
        if (s3) {
            components.add(Component.S3);
        }
        return new InstallOptions(namespace, manage == null ? List.of() : manage, image, components, mlflow);
    }
}
