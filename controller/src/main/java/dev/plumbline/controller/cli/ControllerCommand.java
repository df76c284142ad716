package dev.plumbline.controller.cli;

import dev.plumbline.controller.app.StartException;
import dev.plumbline.controller.app.log.LogFormat;
import dev.plumbline.controller.app.operator.Operator;
import dev.plumbline.controller.app.operator.OperatorOptions;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.s3.S3Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline controller}: serves the PipelineSyncs of a cluster until it is told to end. */
@Command(
        name = "controller",
        description = "Keep every PipelineSync of a Kubernetes cluster applied.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Of several programs with the same --namespace one works, the others wait. Install it with `plumbline install`;",
            "outside of a cluster it uses your kubeconfig:",
            "  plumbline controller -n default --store ~/plumbline-store --allow-own-rights"
        })
final class ControllerCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    CommandSpec spec;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "kubeconfig (default: this pod's, else yours)")
    @Nullable
    Path kubeconfig;

    @Option(names = "--context", paramLabel = "NAME", defaultValue = "", description = "a context of the kubeconfig")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String context;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            defaultValue = "${env:POD_NAMESPACE:-plumbline-system}",
            description = "namespace of its Lease (default: $POD_NAMESPACE, else plumbline-system)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String namespace;

    @Option(
            names = "--watch-namespaces",
            paramLabel = "NAME",
            split = ",",
            description = "namespaces whose syncs it serves (default: all)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    List<String> watched;

    @Option(
            names = "--leader-elect-lease-duration",
            paramLabel = "TIME",
            defaultValue = "15s",
            converter = TimeOption.Lease.class,
            description = "how long the lease of a program that is gone is respected (default: 15s)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    Duration lease;

    @Option(
            names = "--store",
            paramLabel = "DIR|URL",
            required = true,
            description = "where history, releases and inventories are kept: a folder, on a volume in a pod, or"
                    + " s3://bucket/prefix?region=…&endpoint=…&pathStyle=true, which several programs may share")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String store;

    @Option(
            names = "--mirrors",
            paramLabel = "DIR",
            defaultValue = "mirrors",
            description = "mirrors of repositories and the index of runs, which can be made again (default: mirrors)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    Path mirrors;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "address of its HTTP: health, metrics and questions about syncs (default: 127.0.0.1)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String host;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "8080", description = "its port, 0 for any")
    int port;

    @Option(
            names = "--allow-own-rights",
            description = "let a sync without spec.serviceAccountName act with the controller's own rights")
    boolean ownRights;

    @Option(
            names = "--allow-local-repositories",
            description = "let spec.source.url be a path of the controller's machine")
    boolean localRepositories;

    @Option(
            names = "--allow-cross-namespace-dependencies",
            description = "let spec.dependsOn name syncs of other namespaces, whose state its message then shows")
    boolean otherNamespaces;

    @Option(
            names = "--argo-config",
            paramLabel = "NAMESPACE/NAME",
            defaultValue = OperatorOptions.ARGO_CONFIG,
            description = "the ConfigMap of Argo's controller, whose workflowDefaults runs are judged by"
                    + " (default: " + OperatorOptions.ARGO_CONFIG + ")")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String argoConfig;

    @Option(
            names = "--keep-runs",
            paramLabel = "TIME",
            converter = TimeOption.Keep.class,
            description =
                    "keep Workflows by a finalizer until they are recorded, after their deletion this long at most, such as"
                            + " 1h (default: they are not kept)")
    @Nullable
    Duration keepRuns;

    @Option(
            names = "--mlflow",
            paramLabel = "URL",
            description = "MLflow's tracking server: models of recorded runs are looked up and tagged there")
    @Nullable
    URI mlflow;

    @Option(
            names = "--keys",
            paramLabel = "DIR",
            description =
                    "folder of the keys that evidence is signed with, made by `plumbline keys create`; without it, and while it"
                            + " is empty, runs are recorded and judged, but nothing is signed or sealed")
    @Nullable
    Path keys;

    @Option(
            names = "--artifacts",
            paramLabel = "URL",
            description =
                    "a bucket of artifacts, s3://bucket/prefix?region=…&endpoint=…&pathStyle=true: those of recorded runs are read"
                            + " there, with this program's own credentials, for their digests; may be given again")
    @Nullable
    List<String> artifacts;

    @Mixin
    final LineageOption lineage = new LineageOption();

    @Mixin
    final ArchiveOption archive = new ArchiveOption();

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description =
                    "how the log on standard error is written: text, or json: an object per line with time, level, logger,"
                            + " message and thrown (default: text)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    LogFormat logFormat;

    private OperatorOptions options() {
        String identity = System.getenv().getOrDefault("HOSTNAME", "plumbline") + "_" + UUID.randomUUID();
        return new OperatorOptions(
                kubeconfig,
                context,
                namespace,
                watched == null ? Set.of() : Set.copyOf(watched),
                lease,
                identity,
                store,
                mirrors.toAbsolutePath().normalize(),
                host,
                port,
                new OperatorOptions.Allowances(ownRights, localRepositories, otherNamespaces),
                argoConfig(),
                keepRuns,
                mlflow,
                keys,
                artifacts(),
                lineage.sink(),
                archive.archive());
    }

    private List<S3Settings> artifacts() {
        try {
            return artifacts == null
                    ? List.of()
                    : artifacts.stream().map(S3Settings::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new CommandException(CommandException.ENVIRONMENT, "--artifacts: " + e.getMessage());
        }
    }

    private ObjectKey argoConfig() {
        try {
            return OperatorOptions.configMap(argoConfig);
        } catch (IllegalArgumentException e) {
            throw new CommandException(CommandException.ENVIRONMENT, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        OperatorOptions options = options();
        logFormat.begin();
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        try (Operator operator = Operator.start(options)) {
            begun("Plumbline controller " + options.identity() + "; HTTP on http://" + host + ":" + operator.port());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                told.countDown();
                try {
                    ended.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
            told.await();
        } catch (StartException e) {
            throw new CommandException(CommandException.ENVIRONMENT, String.valueOf(e.getMessage()));
        } finally {
            ended.countDown();
        }
        return 0;
    }

    private void begun(String sentence) {
        if (logFormat == LogFormat.JSON) {
            LoggerFactory.getLogger(ControllerCommand.class).info("{}", sentence);
        } else {
            spec.commandLine().getErr().println(sentence);
            spec.commandLine().getErr().flush();
        }
    }
}
