package dev.plumbline.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Machines can read what every command prints, as the README says. */
class OutputFormatsTest {

    @Test
    void everyCommandThatEndsByItselfPrintsJson() {
        List<String> without = new ArrayList<>();
        Commands.BY_WISH.values().forEach(wish -> wish.forEach(command -> collect(new CommandLine(command), without)));
        assertEquals(List.of("up", "controller", "self-train"), without);
    }

    private static void collect(CommandLine command, List<String> without) {
        if (!command.getSubcommands().isEmpty()) {
            command.getSubcommands().values().forEach(below -> collect(below, without));
            return;
        }
        OptionSpec output = command.getCommandSpec().findOption("-o");
        boolean json = output != null
                && output.completionCandidates() != null
                && java.util.stream.StreamSupport.stream(
                                output.completionCandidates().spliterator(), false)
                        .anyMatch("json"::equals);
        if (!json) {
            without.add(command.getCommandSpec().qualifiedName().replaceFirst("^<main class> ", ""));
        }
    }
}
