package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code plumbline plan}. */
@Command(name = "plan", description = "Show what the newest commit would change in the cluster now. Changes nothing.")
final class PlanCommand extends OneSyncCommand {

    @Override
    int run() {
        Map<String, @Nullable Object> answer = api().plan();
        print(answer);
        return Tree.list(answer, "errors").isEmpty() ? 0 : CommandException.WRONG;
    }

    @Override
    String text(Map<String, @Nullable Object> answer) {
        return Tree.text(answer, "text");
    }
}
