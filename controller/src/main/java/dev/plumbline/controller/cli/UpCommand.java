package dev.plumbline.controller.cli;

import dev.plumbline.controller.app.StartException;
import dev.plumbline.controller.app.Up;
import dev.plumbline.controller.app.UpOptions;
import dev.plumbline.registry.model.OverlayPath;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline up}. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Keep a pipeline repository applied to an embedded cluster here, and run its pipelines.",
            "Runs are local processes. Without --repo, a Git repository of the shipped pipelines is made in the data",
            "folder for you to edit. Stays in the foreground; Ctrl-C ends it. For production the engine is Kubernetes",
            "and Argo Workflows."
        },
        footer = {
            "",
            "Examples:",
            "  plumbline up",
            "  plumbline up --repo ~/ml-pipelines --path overlays/local --trust-steps"
        })
final class UpCommand implements Callable<Integer> {

    private static final int MAX_PORT = 65_535;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    CommandSpec spec;

    @Option(
            names = "--repo",
            paramLabel = "URL|DIR",
            defaultValue = "",
            description = "pipeline repository: https URL or folder")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String repository;

    @Option(
            names = "--branch",
            paramLabel = "NAME",
            defaultValue = "",
            description = "branch to follow (default: the repository's own)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String branch;

    @Option(
            names = "--path",
            paramLabel = "PATH",
            defaultValue = "overlays/local",
            description = "overlay to keep applied (default: overlays/local)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String path;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = "2s",
            converter = TimeOption.Wait.class,
            description = "time between two polls, such as 500ms, 2s or 1m (default: 2s)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    Duration interval;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "port of the API on loopback, 0 for any (default: 8080)")
    int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:PLUMBLINE_DATA:-.plumbline}",
            description = "data folder (default: $PLUMBLINE_DATA, else .plumbline)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    Path data;

    @Option(names = "--trust-steps", description = "let steps of the repository that --repo names run on this machine")
    boolean trustSteps;

    @Mixin
    final ArgoOption argo = new ArgoOption();

    @Mixin
    final LineageOption lineage = new LineageOption();

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > MAX_PORT) {
            throw new CommandException(
                    CommandException.ENVIRONMENT, "--port " + port + " is out of range; between 0 and " + MAX_PORT);
        }
        String home = System.getenv().getOrDefault("PLUMBLINE_HOME", ".");
        UpOptions options = new UpOptions(
                repository,
                branch,
                OverlayPath.of(path)
                        .orElseThrow(() -> new CommandException(
                                CommandException.ENVIRONMENT,
                                "--path " + path + " leads out of the repository; name a folder below its root")),
                interval,
                port,
                data,
                Path.of(home).toAbsolutePath(),
                trustSteps,
                argo.argo,
                lineage.sink());
        try {
            Up.run(options, spec.commandLine().getOut());
            return 0;
        } catch (StartException e) {
            throw new CommandException(CommandException.ENVIRONMENT, String.valueOf(e.getMessage()));
        }
    }
}
