package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline resume}. */
@Command(
        name = "resume",
        description =
                "Let a run that waits at a suspend template go on, with values for the outputs that are waited for.",
        footer = {"", "Example:", "  plumbline resume @latest -p approve=yes"})
final class ResumeCommand extends ApiCommand {

    @Parameters(paramLabel = "RUN", description = "name of a run, or @latest")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String run;

    @Option(
            names = {"-p", "--parameter"},
            paramLabel = "NAME=VALUE",
            description = "value of an output parameter; may be repeated")
    Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--node", paramLabel = "NODE", description = "the node that is meant, where several wait")
    String node = "";

    @Override
    int run() {
        print(api().resume(run, parameters, node));
        return 0;
    }

    @Override
    String text(Map<String, @Nullable Object> answer) {
        return "the run " + Tree.text(answer, "name") + " goes on; follow it: plumbline logs "
                + Tree.text(answer, "name") + " -f";
    }

    @Override
    Iterable<String> names(Map<String, @Nullable Object> answer) {
        return List.of(Tree.text(answer, "name"));
    }
}
