package dev.plumbline.controller.cli;

import dev.plumbline.controller.argoserver.ArgoServer;
import dev.plumbline.controller.live.RunArchive;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --argo-server}, where runs are read that ended and were deleted while no recorder ran. */
final class ArchiveOption {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Option(
            names = "--argo-server",
            paramLabel = "URL",
            description =
                    "Argo Server, such as https://argo-server.argo:2746: runs that ended and were deleted while no controller"
                            + " watched are read from its archive (default: they are only stated)")
    @Nullable
    URI address;

    @Option(
            names = "--argo-server-token",
            paramLabel = "FILE",
            description =
                    "a file with the bearer token that Argo Server is asked with, read anew each time (default: none is"
                            + " sent)")
    @Nullable
    Path token;

    /** The archive; null where none is named. */
    @Nullable
    RunArchive archive() {
        if (address == null) {
            return null;
        }
        try {
            return new ArgoServer(address, token, TIMEOUT);
        } catch (IllegalArgumentException e) {
            throw new CommandException(CommandException.ENVIRONMENT, "--argo-server: " + e.getMessage());
        }
    }
}
