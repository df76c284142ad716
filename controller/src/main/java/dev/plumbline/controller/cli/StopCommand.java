package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plumbline stop}. */
@Command(
        name = "stop",
        description = "End a run before its time; its exit handlers still run.",
        footer = {"", "Example:", "  plumbline stop @latest -n mlops"})
final class StopCommand extends OneRunCommand {

    @Option(names = "--terminate", description = "at once, without exit handlers")
    boolean terminate;

    @Override
    Map<String, @Nullable Object> order() {
        return api().stop(run, terminate);
    }

    @Override
    String text(Map<String, @Nullable Object> answer) {
        return "the run " + Tree.text(answer, "name") + " is being stopped";
    }
}
