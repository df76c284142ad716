package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plumbline resubmit}. */
@Command(
        name = "resubmit",
        description = "Start a run anew; a template that it refers to by name is read as it is now.",
        footer = {"", "Example:", "  plumbline resubmit @latest -n mlops -p model-name=churn"})
final class ResubmitCommand extends OneRunCommand {

    @Mixin
    final ParameterOption parameters = new ParameterOption();

    @Override
    Map<String, @Nullable Object> order() {
        return api().resubmit(run, parameters.values);
    }

    @Override
    String text(Map<String, @Nullable Object> answer) {
        return "started " + Tree.text(answer, "name") + "\n" + follow(answer);
    }
}
