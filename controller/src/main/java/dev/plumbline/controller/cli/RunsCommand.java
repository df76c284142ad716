package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plumbline runs}. */
@Command(name = "runs", description = "List runs, newest first, with the commit and verdict of those that ended.")
final class RunsCommand extends OneSyncCommand {

    @Mixin
    final SelectionOptions selection = new SelectionOptions();

    @Override
    int run() {
        print(selection.any() ? api().recorded(selection.query()) : api().runs(selection.limit()));
        return 0;
    }

    @Override
    String text(Map<String, @Nullable Object> answer) {
        List<Map<String, @Nullable Object>> runs = Tree.maps(answer, "runs");
        if (runs.isEmpty()) {
            return "no runs yet; start one with `plumbline run TEMPLATE`";
        }
        boolean wide = output == Output.wide;
        Table table = wide
                ? new Table("name", "template", "phase", "started", "verdict", "commit", "age", "duration", "message")
                : new Table("name", "template", "phase", "started", "verdict", "commit");
        Instant now = ClusterCommand.CLOCK.instant();
        for (Map<String, @Nullable Object> run : runs) {
            String commit = Tree.text(run, "commit");
            String started = Tree.text(run, "startedAt");
            List<String> cells = new ArrayList<>(List.of(
                    Tree.text(run, "name"),
                    Tree.text(run, "template"),
                    Tree.text(run, "phase"),
                    RunText.time(started),
                    Tree.text(run, "verdict"),
                    commit.length() > 10 ? commit.substring(0, 10) : commit));
            if (wide) {
                String finished = Tree.text(run, "finishedAt");
                String created = Tree.text(run, "createdAt");
                cells.add(RunText.since(created.isEmpty() ? started : created, now));
                cells.add(RunText.since(started, finished.isEmpty() ? now : Instant.parse(finished)));
                cells.add(Tree.text(run, "message"));
            }
            table.row(cells.toArray(String[]::new));
        }
        return table + selection.more(answer);
    }

    @Override
    Iterable<String> names(Map<String, @Nullable Object> answer) {
        return Tree.maps(answer, "runs").stream()
                .map(run -> Tree.text(run, "name"))
                .toList();
    }
}
