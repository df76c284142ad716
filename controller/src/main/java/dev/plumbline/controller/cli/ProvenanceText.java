package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The answer to "which commit made it?" on one screen. */
final class ProvenanceText {

    private static final int SHORT = 10;
    private static final int SHORT_DIGEST = "sha256:".length() + 12;

    private ProvenanceText() {}

    static String of(Map<String, @Nullable Object> answer) {
        StringBuilder out = new StringBuilder();
        if (Tree.text(answer, "kind").equals("commit")) {
            commit(out, answer);
            return out.toString().stripTrailing();
        }
        if (Tree.text(answer, "kind").equals("model")) {
            Map<String, @Nullable Object> model = Tree.map(answer, "model");
            RunText.line(out, "Model", Tree.text(model, "name") + ":" + Tree.text(model, "version"));
            RunText.line(out, "Digest", Tree.text(model, "digest"));
            RunText.line(out, "Accuracy", Tree.text(model, "accuracy"));
            RunText.line(out, "MLflow", mlflow(model));
        }
        run(out, answer);
        parts(out, answer);
        return out.toString().stripTrailing();
    }

    private static void run(StringBuilder out, Map<String, @Nullable Object> answer) {
        Map<String, @Nullable Object> run = Tree.map(answer, "run");
        RunText.line(
                out,
                "Run",
                Tree.text(run, "name") + " (" + Tree.text(run, "phase") + ", executor " + Tree.text(run, "executor")
                        + ", " + Tree.text(run, "createdAt") + ")");
        RunText.line(out, "Verdict", Tree.text(answer, "verdict") + reasons(answer));
        RunText.line(out, "Commit", commit(Tree.map(answer, "commit")));
        RunText.line(out, "Range", ranges(Tree.maps(answer, "range")));
    }

    private static void parts(StringBuilder out, Map<String, @Nullable Object> answer) {
        Table table = new Table("part", "commit", "digest");
        Map<String, String> rows = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> template : Tree.maps(answer, "templates")) {
            row(rows, table, Tree.text(template, "reference"), template);
        }
        for (Map<String, @Nullable Object> file : Tree.maps(answer, "files")) {
            row(rows, table, Tree.text(file, "file"), file);
        }
        if (!rows.isEmpty()) {
            out.append('\n').append(table).append('\n');
        }
        values(out, "Parameters", Tree.map(answer, "parameters"));
        values(out, "Data", Tree.map(answer, "dataDigests"));
        List<Map<String, @Nullable Object>> models = Tree.maps(answer, "models");
        if (!models.isEmpty()) {
            out.append("\nModels: ")
                    .append(models.stream()
                            .map(model -> Tree.text(model, "name") + ":" + Tree.text(model, "version"))
                            .collect(Collectors.joining(", ")))
                    .append('\n');
        }
    }

    private static void row(Map<String, String> rows, Table table, String name, Map<String, @Nullable Object> part) {
        String digest = Tree.text(part, "digest");
        if (rows.putIfAbsent(name + digest, "") == null) {
            String commit = commit(Tree.map(part, "commit"));
            table.row(
                    name,
                    commit.isEmpty() ? "(not in Git)" : commit,
                    digest.substring(0, Math.min(SHORT_DIGEST, digest.length())));
        }
    }

    private static void commit(StringBuilder out, Map<String, @Nullable Object> answer) {
        RunText.line(out, "Commit", commit(Tree.map(answer, "commit")));
        List<Map<String, @Nullable Object>> runs = Tree.maps(answer, "runs");
        if (runs.isEmpty()) {
            out.append("No recorded run is of this commit.\n");
            return;
        }
        Table table = new Table("run", "phase", "verdict", "models");
        for (Map<String, @Nullable Object> run : runs) {
            List<String> models = new ArrayList<>();
            for (Map<String, @Nullable Object> model : Tree.maps(answer, "models")) {
                if (Tree.text(model, "run").equals(Tree.text(run, "name"))) {
                    models.add(Tree.text(model, "name") + ":" + Tree.text(model, "version"));
                }
            }
            table.row(
                    Tree.text(run, "name"),
                    Tree.text(run, "phase"),
                    Tree.text(run, "verdict"),
                    String.join(", ", models));
        }
        out.append('\n').append(table);
    }

    private static String mlflow(Map<String, @Nullable Object> model) {
        String run = Tree.text(model, "mlflowRunId");
        return run.isEmpty()
                ? ""
                : "run " + run + ", registry: "
                        + Tree.text(model, "registration")
                                .toLowerCase(java.util.Locale.ROOT)
                                .replace('_', ' ');
    }

    private static String reasons(Map<String, @Nullable Object> answer) {
        List<@Nullable Object> reasons = Tree.list(answer, "reasons");
        return reasons.isEmpty()
                ? ""
                : ": " + reasons.stream().map(String::valueOf).collect(Collectors.joining("; "));
    }

    private static String ranges(List<Map<String, @Nullable Object>> ranges) {
        return ranges.stream()
                .map(range -> {
                    String oldest = abbreviated(Tree.text(range, "oldest"));
                    String newest = abbreviated(Tree.text(range, "newest"));
                    String before = Boolean.TRUE.equals(range.get("atOrBefore")) ? "at or before " : "";
                    return before + (oldest.equals(newest) ? oldest : oldest + ".." + newest) + " ("
                            + range.get("commits")
                            + (Long.valueOf(1).equals(range.get("commits")) ? " commit)" : " commits)");
                })
                .collect(Collectors.joining(", "));
    }

    private static String commit(Map<String, @Nullable Object> commit) {
        String id = Tree.text(commit, "id");
        if (id.isEmpty()) {
            return "";
        }
        String author = Tree.text(commit, "author");
        return abbreviated(id) + " " + Tree.text(commit, "subject") + (author.isEmpty() ? "" : " (" + author + ")");
    }

    private static String abbreviated(String id) {
        return id.substring(0, Math.min(SHORT, id.length()));
    }

    private static void values(StringBuilder out, String title, Map<String, @Nullable Object> values) {
        if (!values.isEmpty()) {
            out.append('\n').append(title).append(":\n");
            values.forEach((name, value) ->
                    out.append("  ").append(name).append(": ").append(value).append('\n'));
        }
    }
}
