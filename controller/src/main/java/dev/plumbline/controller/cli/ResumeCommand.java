package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plumbline resume}. */
@Command(
        name = "resume",
        description =
                "Let a run that waits at a suspend template go on, with values for the outputs that are waited for.",
        footer = {"", "Example:", "  plumbline resume @latest -p approve=yes"})
final class ResumeCommand extends OneRunCommand {

    @Option(
            names = {"-p", "--parameter"},
            paramLabel = "NAME=VALUE",
            description = "value of an output parameter; may be repeated")
    Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--node", paramLabel = "NODE", description = "the node that is meant, where several wait")
    String node = "";

    @Override
    Map<String, @Nullable Object> order() {
        return api().resume(run, parameters, node);
    }

    @Override
    String text(Map<String, @Nullable Object> answer) {
        return "the run " + Tree.text(answer, "name") + " goes on\n" + follow(answer);
    }
}
