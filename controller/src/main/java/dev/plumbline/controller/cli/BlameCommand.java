package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code plumbline blame}. */
@Command(
        name = "blame",
        description = "Show, for each rendered object, the commit that made it what it is.",
        footer = {"", "Example:", "  plumbline blame WorkflowTemplate/model-training-template"})
final class BlameCommand extends ApiCommand {

    @Parameters(
            paramLabel = "KIND/NAME",
            arity = "0..1",
            defaultValue = "",
            description = "only this object (default: all)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String object;

    @Override
    public Integer call() {
        print(api().get("/blame?object=" + ApiClient.part(object)));
        return 0;
    }

    @Override
    String text(Map<String, @Nullable Object> answer) {
        boolean wide = output == Output.wide;
        Table table = wide
                ? new Table("object", "commit", "author", "date", "subject", "files")
                : new Table("object", "commit", "author", "date", "subject");
        for (Map<String, @Nullable Object> line : Tree.maps(answer, "objects")) {
            String commit = Tree.text(line, "commit");
            String shown = (Boolean.TRUE.equals(line.get("atOrBefore")) ? "≤ " : "")
                    + (commit.length() > 10 ? commit.substring(0, 10) : commit);
            String[] cells = {
                Tree.text(line, "object"),
                shown,
                Tree.text(line, "author"),
                Tree.text(line, "date"),
                Tree.text(line, "subject")
            };
            if (wide) {
                cells = java.util.Arrays.copyOf(cells, 6);
                cells[5] =
                        Tree.list(line, "files").stream().map(String::valueOf).collect(Collectors.joining(" "));
            }
            table.row(cells);
        }
        return table.toString();
    }

    @Override
    Iterable<String> names(Map<String, @Nullable Object> answer) {
        return Tree.maps(answer, "objects").stream()
                .map(line -> Tree.text(line, "object"))
                .toList();
    }
}
