package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code plumbline impact}. */
@Command(
        name = "impact",
        description =
                "Say which models, runs, schedules and deployments a revert of a commit would touch: those that executed, or"
                        + " are, content which came with it, without those whose content was the same before.",
        footer = {"", "Examples:", "  plumbline impact 7fd1a60b01", "  plumbline impact c1d07d0e5b..7fd1a60b01"})
final class ImpactCommand extends ApiCommand {

    @Parameters(paramLabel = "R|R1..R2", description = "a commit, or the commits after R1 up to R2")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String range;

    @Override
    int run() {
        print(api().impact(range));
        return 0;
    }

    @Override
    String text(Map<String, @Nullable Object> answer) {
        StringBuilder out = new StringBuilder();
        List<Map<String, @Nullable Object>> runs = Tree.maps(answer, "runs");
        long touchedModels = answer.get("touchedModels") instanceof Long count ? count : 0;
        long touchedRuns = answer.get("touchedRuns") instanceof Long count ? count : 0;
        out.append("A revert would touch ")
                .append(touchedModels)
                .append(touchedModels == 1 ? " model of " : " models of ")
                .append(touchedRuns)
                .append(touchedRuns == 1 ? " run." : " runs.");
        if (touchedRuns > runs.size()) {
            out.append(" The newest:");
        }
        if (!runs.isEmpty()) {
            Table table = new Table("run", "models", "verdict", "commit", "parts that would change");
            for (Map<String, @Nullable Object> run : runs) {
                String commit = Tree.text(run, "commit");
                table.row(
                        Tree.text(run, "name"),
                        words(Tree.list(run, "models")),
                        Tree.text(run, "verdict"),
                        commit.substring(0, Math.min(10, commit.length())),
                        words(Tree.list(run, "parts")));
            }
            out.append("\n\n").append(table);
        }
        others(out, answer);
        return out.toString();
    }

    private static void others(StringBuilder out, Map<String, @Nullable Object> answer) {
        List<Map<String, @Nullable Object>> running = Tree.maps(answer, "running");
        if (!running.isEmpty()) {
            out.append("\n\nGoing on now, of templates that would change: ")
                    .append(running.stream()
                            .map(workflow -> Tree.text(workflow, "name"))
                            .collect(Collectors.joining(", ")));
        }
        String schedules = words(Tree.list(answer, "schedules"));
        if (!schedules.isEmpty()) {
            out.append("\n\nSchedules that would start something else: ").append(schedules);
        }
        String deployments = words(Tree.list(answer, "deployments"));
        if (!deployments.isEmpty()) {
            out.append("\n\nDeployments that would change, or serve such a model: ")
                    .append(deployments);
        }
        if (answer.get("unknown") instanceof Long unknown && unknown > 0) {
            out.append("\n\nOf ")
                    .append(unknown)
                    .append(" unverifiable runs it is not known whether they are touched.");
        }
    }

    @Override
    Iterable<String> names(Map<String, @Nullable Object> answer) {
        return Tree.maps(answer, "models").stream()
                .map(model -> Tree.text(model, "name") + ":" + Tree.text(model, "version"))
                .toList();
    }

    private static String words(List<@Nullable Object> list) {
        return list.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
