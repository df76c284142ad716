package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** A command that does one thing to one run, and says what became of it. */
abstract class OneRunCommand extends ApiCommand {

    @Parameters(paramLabel = "RUN", description = "name of a run, or @latest")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String run;

    /** Does it, and answers the run that goes on or ends by it. */
    abstract Map<String, @Nullable Object> order();

    @Override
    final int run() {
        print(order());
        return 0;
    }

    @Override
    final Iterable<String> names(Map<String, @Nullable Object> answer) {
        return List.of(Tree.text(answer, "name"));
    }
}
