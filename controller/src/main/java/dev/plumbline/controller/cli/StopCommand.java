package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline stop}. */
@Command(
        name = "stop",
        description = "End a run of a cluster before its time; its exit handlers still run.",
        footer = {"", "Example:", "  plumbline stop @latest -n mlops"})
final class StopCommand extends ApiCommand {

    @Parameters(paramLabel = "RUN", description = "name of a run, or @latest")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String run;

    @Option(names = "--terminate", description = "at once, without exit handlers")
    boolean terminate;

    @Override
    int run() {
        print(api().stop(run, terminate));
        return 0;
    }

    @Override
    String text(Map<String, @Nullable Object> answer) {
        return "the run " + Tree.text(answer, "name") + " is being stopped";
    }

    @Override
    Iterable<String> names(Map<String, @Nullable Object> answer) {
        return List.of(Tree.text(answer, "name"));
    }
}
