package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code plumbline revert}. */
@Command(
        name = "revert",
        description =
                "Make a real revert commit in the repository (and push it, where there is a remote). Sync then applies it.",
        footer = {"", "Example:", "  plumbline revert 7fd1a60b01"})
final class RevertCommand extends ApiCommand {

    @Parameters(paramLabel = "COMMIT", description = "the commit to undo, at least four digits")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String commit;

    @Override
    public Integer call() {
        print(api().post("/revert", Map.of("commit", commit, "actor", Actor.name())));
        return 0;
    }

    @Override
    String text(Map<String, @Nullable Object> answer) {
        return Tree.text(answer, "message");
    }
}
