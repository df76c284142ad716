package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code plumbline templates}. */
@Command(name = "templates", description = "List the templates that can be run, with their parameters.")
final class TemplatesCommand extends OneSyncCommand {

    @Override
    int run() {
        print(api().templates());
        return 0;
    }

    @Override
    String text(Map<String, @Nullable Object> answer) {
        Table table = new Table("template", "version", "parameters");
        for (Map<String, @Nullable Object> template : Tree.maps(answer, "templates")) {
            String parameters = Tree.maps(template, "parameters").stream()
                    .map(parameter -> Tree.text(parameter, "name")
                            + (parameter.get("default") instanceof String value ? "=" + value : " (required)"))
                    .collect(Collectors.joining(", "));
            table.row(Tree.text(template, "name"), Tree.text(template, "version"), parameters);
        }
        return table.toString();
    }

    @Override
    Iterable<String> names(Map<String, @Nullable Object> answer) {
        return Tree.maps(answer, "templates").stream()
                .map(template -> Tree.text(template, "name"))
                .toList();
    }
}
