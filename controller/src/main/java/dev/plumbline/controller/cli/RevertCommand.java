package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code plumbline revert}. */
@Command(
        name = "revert",
        description = {
            "Make a real revert commit in the repository, and push it where there is a remote: as `git push` would in a clone",
            "(https with the URL's own credentials, or a local path), or straight to the https repository that is followed.",
            "Sync then applies it. Exit code 2 when the commit was made but not pushed; the answer says what to do."
        },
        footer = {"", "Example:", "  plumbline revert 7fd1a60b01"})
final class RevertCommand extends ApiCommand {

    @Parameters(paramLabel = "COMMIT", description = "the commit to undo, at least four digits")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String commit;

    @Override
    int run() {
        Map<String, @Nullable Object> answer = api().revert(commit);
        print(answer);
        return Tree.text(answer, "notPushed").isEmpty() ? 0 : CommandException.ENVIRONMENT;
    }

    @Override
    String text(Map<String, @Nullable Object> answer) {
        String notPushed = Tree.text(answer, "notPushed");
        return Tree.text(answer, "message") + (notPushed.isEmpty() ? "" : "\nit is not pushed: " + notPushed);
    }
}
