package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plumbline rollback}. */
@Command(
        name = "rollback",
        description = {
            "Restore an applied revision exactly as it was, from the store.",
            "Automatic sync stays on; the content that was rolled back from is not applied again until Git brings other",
            "content. For the lasting change use `revert`."
        },
        footer = {"", "Example:", "  plumbline rollback --to 3 --reason \"accuracy fell\""})
final class RollbackCommand extends ApiCommand {

    @Option(
            names = "--to",
            paramLabel = "REVISION",
            defaultValue = "0",
            description = "revision to restore (default: the one before)")
    long to;

    @Option(names = "--reason", required = true, description = "why; stays in history for ever")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String reason;

    @Override
    public Integer call() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("to", to);
        body.put("reason", reason);
        body.put("actor", Actor.name());
        print(api().post("/rollback", body));
        return 0;
    }

    @Override
    String text(Map<String, @Nullable Object> answer) {
        return Tree.text(answer, "message");
    }
}
