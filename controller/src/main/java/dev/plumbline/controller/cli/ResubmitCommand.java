package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline resubmit}. */
@Command(
        name = "resubmit",
        description = "Start a run of a cluster anew; a template that it refers to by name is read as it is now.",
        footer = {"", "Example:", "  plumbline resubmit @latest -n mlops -p model-name=churn"})
final class ResubmitCommand extends ApiCommand {

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
        print(api().resubmit(run, parameters));
        return 0;
    }

    @Override
    String text(Map<String, @Nullable Object> answer) {
        return "started " + Tree.text(answer, "name") + "\nfollow it: plumbline logs " + Tree.text(answer, "name")
                + " -f -n " + Tree.text(answer, "namespace");
    }

    @Override
    Iterable<String> names(Map<String, @Nullable Object> answer) {
        return List.of(Tree.text(answer, "name"));
    }
}
