package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline retry}. */
@Command(
        name = "retry",
        description =
                "Let a run of a cluster that failed go on where it failed, with the templates that it began with.",
        footer = {"", "Example:", "  plumbline retry @latest -n mlops"})
final class RetryCommand extends ApiCommand {

    @Parameters(paramLabel = "RUN", description = "name of a run, or @latest")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String run;

    @Option(
            names = {"-p", "--parameter"},
            paramLabel = "NAME=VALUE",
            description = "value of a parameter; may be repeated")
    Map<String, String> parameters = new LinkedHashMap<>();

    @Override
    int run() {
        print(api().retry(run, parameters));
        return 0;
    }

    @Override
    String text(Map<String, @Nullable Object> answer) {
        return "the run " + Tree.text(answer, "name") + " goes on; follow it: plumbline logs "
                + Tree.text(answer, "name") + " -f -n " + Tree.text(answer, "namespace");
    }

    @Override
    Iterable<String> names(Map<String, @Nullable Object> answer) {
        return List.of(Tree.text(answer, "name"));
    }
}
