package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plumbline retry}. */
@Command(
        name = "retry",
        description = "Let a run that failed go on where it failed, with the templates that it began with.",
        footer = {"", "Example:", "  plumbline retry @latest -n mlops"})
final class RetryCommand extends OneRunCommand {

    @Mixin
    final ParameterOption parameters = new ParameterOption();

    @Override
    Map<String, @Nullable Object> order() {
        return api().retry(run, parameters.values);
    }

    @Override
    String text(Map<String, @Nullable Object> answer) {
        return "the run " + Tree.text(answer, "name") + " goes on\n" + follow(answer);
    }
}
