package dev.plumbline.controller.cli;

import static dev.plumbline.controller.app.answers.Answer.map;

import dev.plumbline.controller.app.install.InstallException;
import dev.plumbline.controller.app.install.Uninstaller;
import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.model.ObjectKey;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plumbline uninstall}. */
@Command(
        name = "uninstall",
        description = {
            "Take the controller out of a cluster. Pipelines, their schedules and their runs stay as they are,"
                    + " whatever a sync's deletionPolicy says, because the controller is stopped first.",
            "",
            "No finalizer of Plumbline is left on any PipelineSync, PipelineRollback or Workflow. The definitions with"
                    + " all syncs and rollbacks, the volume with the history, and the namespace stay, unless --with-data"
                    + " is given."
        })
final class UninstallCommand extends ClusterCommand {

    @Option(
            names = "--with-data",
            description = "remove syncs, rollbacks, history and the namespace as well; the history is lost for ever")
    boolean withData;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "how to print: ${COMPLETION-CANDIDATES} (default: text)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    StorePlace.Format output;

    @Override
    int run() throws ClusterException {
        boolean json = output == StorePlace.Format.json;
        List<ObjectKey> kept;
        try (KubeCluster cluster = connect()) {
            kept = new Uninstaller(cluster, cluster, CLOCK, json ? _ -> {} : this::say).uninstall(withData);
        } catch (InstallException e) {
            throw new CommandException(CommandException.ENVIRONMENT, String.valueOf(e.getMessage()));
        }
        if (json) {
            out().println(Json.pretty(
                    map("kept", kept.stream().map(ObjectKey::display).toList())));
        } else if (!kept.isEmpty()) {
            say("stays, with the data that it holds (--with-data removes it): "
                    + kept.stream().map(ObjectKey::display).collect(Collectors.joining(", ")));
        }
        return 0;
    }
}
