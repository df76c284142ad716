package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.yaml.YamlWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that asks a running {@code plumbline up} and prints the answer. */
@Command(mixinStandardHelpOptions = true, usageHelpAutoWidth = true)
abstract class ApiCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:PLUMBLINE_DATA:-.plumbline}",
            description = "data folder of the running `plumbline up` (default: $PLUMBLINE_DATA, else .plumbline)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    Path data;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "how to print: ${COMPLETION-CANDIDATES} (default: text)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    Output output;

    final ApiClient api() {
        return ApiClient.of(data);
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Prints the answer as asked: text by the command itself, everything else alike everywhere. */
    final void print(Map<String, @Nullable Object> answer) {
        switch (output) {
            case json -> out().println(Json.pretty(answer));
            case yaml -> out().print(YamlWriter.write(answer));
            case name -> names(answer).forEach(out()::println);
            case markdown -> out().println(markdown(answer));
            case text, wide -> out().println(text(answer));
        }
        out().flush();
    }

    /** The answer for people, without a final line break. */
    abstract String text(Map<String, @Nullable Object> answer);

    /** The answer as Markdown, for {@code -o markdown}. */
    String markdown(Map<String, @Nullable Object> answer) {
        throw new CommandException(
                CommandException.ENVIRONMENT, "this command prints no Markdown; use -o text or -o json");
    }

    /** The names in the answer, for {@code -o name}. */
    Iterable<String> names(Map<String, @Nullable Object> answer) {
        throw new CommandException(
                CommandException.ENVIRONMENT, "this command has no names to print; use -o text or -o json");
    }
}
