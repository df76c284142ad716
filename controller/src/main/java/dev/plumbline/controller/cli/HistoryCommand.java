package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plumbline history}. */
@Command(
        name = "history",
        description =
                "Show what became of each commit that was seen, newest first. REVISION is what `rollback --to` takes.")
final class HistoryCommand extends OneSyncCommand {

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "most entries (default: 20)")
    int limit;

    @Override
    int run() {
        print(api().history(limit));
        return 0;
    }

    @Override
    String text(Map<String, @Nullable Object> answer) {
        Table table = new Table("entry", "revision", "outcome", "commit", "seen", "trigger", "what");
        StringBuilder findings = new StringBuilder();
        for (Map<String, @Nullable Object> entry : Tree.maps(answer, "entries")) {
            String commit = Tree.text(entry, "commit");
            table.row(
                    String.valueOf(entry.get("number")),
                    entry.get("revision") == null ? "" : String.valueOf(entry.get("revision")),
                    Tree.text(entry, "outcome"),
                    commit.length() > 10 ? commit.substring(0, 10) : commit,
                    RunText.time(Tree.text(entry, "seen")),
                    Tree.text(entry, "trigger"),
                    Tree.text(entry, "what"));
            if (output == Output.wide) {
                for (Object finding : Tree.list(entry, "findings")) {
                    findings.append("\n  ")
                            .append(entry.get("number"))
                            .append(": ")
                            .append(Tree.text(finding, "text"));
                }
            }
        }
        return table + findings.toString();
    }
}
