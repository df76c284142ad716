package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plumbline runs}. */
@Command(name = "runs", description = "List runs, newest first, with the commit and verdict of those that ended.")
final class RunsCommand extends ApiCommand {

    @Mixin
    final SelectionOptions selection = new SelectionOptions();

    @Override
    public Integer call() {
        print(api().get(selection.any() ? "/recorded" + selection.query() : "/runs"));
        return 0;
    }

    @Override
    String text(Map<String, @Nullable Object> answer) {
        List<Map<String, @Nullable Object>> runs = Tree.maps(answer, "runs");
        if (runs.isEmpty()) {
            return "no runs yet; start one with `plumbline run TEMPLATE`";
        }
        Table table = new Table("name", "template", "phase", "started", "verdict", "commit");
        for (Map<String, @Nullable Object> run : runs) {
            String commit = Tree.text(run, "commit");
            table.row(
                    Tree.text(run, "name"),
                    Tree.text(run, "template"),
                    Tree.text(run, "phase"),
                    RunText.time(Tree.text(run, selection.any() ? "createdAt" : "startedAt")),
                    Tree.text(run, "verdict"),
                    commit.length() > 10 ? commit.substring(0, 10) : commit);
        }
        return table.toString();
    }

    @Override
    Iterable<String> names(Map<String, @Nullable Object> answer) {
        return Tree.maps(answer, "runs").stream()
                .map(run -> Tree.text(run, "name"))
                .toList();
    }
}
