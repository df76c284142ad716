package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The answer to "which commit made it?" as a file for an audit: everything in full, nothing abbreviated. */
final class ProvenanceMarkdown {

    private ProvenanceMarkdown() {}

    static String of(Map<String, @Nullable Object> answer) {
        StringBuilder out = new StringBuilder();
        String kind = Tree.text(answer, "kind");
        if (kind.equals("commit")) {
            commit(out, answer);
            return out.toString().stripTrailing();
        }
        Map<String, @Nullable Object> model = Tree.map(answer, "model");
        Map<String, @Nullable Object> run = Tree.map(answer, "run");
        out.append("# ")
                .append(
                        kind.equals("model")
                                ? "Model " + text(Tree.text(model, "name") + ":" + Tree.text(model, "version"))
                                : "Run " + text(Tree.text(run, "name")))
                .append("\n\n");
        facts(out, answer, model, run);
        parts(out, "Templates that ran", Tree.maps(answer, "templates"), "reference");
        parts(out, "Step code that ran", Tree.maps(answer, "files"), "file");
        values(out, "Parameters", Tree.map(answer, "parameters"));
        values(out, "Data", Tree.map(answer, "dataDigests"));
        return out.toString().stripTrailing();
    }

    private static void facts(
            StringBuilder out,
            Map<String, @Nullable Object> answer,
            Map<String, @Nullable Object> model,
            Map<String, @Nullable Object> run) {
        row(out, "Verdict", Tree.text(answer, "verdict"));
        row(
                out,
                "Why",
                Tree.list(answer, "reasons").stream().map(String::valueOf).collect(Collectors.joining("; ")));
        commitRow(out, Tree.map(answer, "commit"));
        row(out, "Commits with this content", ranges(Tree.maps(answer, "range")));
        row(out, "Digest of the model", Tree.text(model, "digest"));
        row(out, "Accuracy", Tree.text(model, "accuracy"));
        row(out, "Model registry", Tree.text(model, "registration"));
        for (String key : List.of(
                "name",
                "uid",
                "attempt",
                "sync",
                "namespace",
                "executor",
                "trigger",
                "phase",
                "createdAt",
                "finishedAt",
                "release",
                "record")) {
            row(out, "Run: " + key, Tree.text(run, key));
        }
    }

    private static void commit(StringBuilder out, Map<String, @Nullable Object> answer) {
        out.append("# Commit ").append(text(Tree.text(answer, "commit", "id"))).append("\n\n");
        commitRow(out, Tree.map(answer, "commit"));
        out.append("\n| run | phase | verdict | models |\n|---|---|---|---|\n");
        for (Map<String, @Nullable Object> run : Tree.maps(answer, "runs")) {
            out.append("| ").append(text(Tree.text(run, "name")));
            out.append(" | ").append(text(Tree.text(run, "phase")));
            out.append(" | ").append(text(Tree.text(run, "verdict")));
            out.append(" | ")
                    .append(text(Tree.list(run, "models").stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "))))
                    .append(" |\n");
        }
    }

    private static void commitRow(StringBuilder out, Map<String, @Nullable Object> commit) {
        row(out, "Commit", Tree.text(commit, "id"));
        row(out, "Subject", Tree.text(commit, "subject"));
        row(out, "Author", Tree.text(commit, "author"));
        row(out, "Authored", Tree.text(commit, "authored"));
    }

    private static void row(StringBuilder out, String name, String value) {
        if (!value.isEmpty()) {
            out.append("- **").append(name).append("**: ").append(text(value)).append('\n');
        }
    }

    private static void parts(
            StringBuilder out, String title, List<Map<String, @Nullable Object>> parts, String reference) {
        if (parts.isEmpty()) {
            return;
        }
        out.append("\n## ").append(title).append("\n\n| part | commit | subject | digest |\n|---|---|---|---|\n");
        for (Map<String, @Nullable Object> part : parts) {
            String id = Tree.text(part, "commit", "id");
            out.append("| ").append(text(Tree.text(part, reference)));
            out.append(" | ").append(id.isEmpty() ? "not in Git" : id);
            out.append(" | ").append(text(Tree.text(part, "commit", "subject")));
            out.append(" | ").append(Tree.text(part, "digest")).append(" |\n");
        }
    }

    private static void values(StringBuilder out, String title, Map<String, @Nullable Object> values) {
        if (values.isEmpty()) {
            return;
        }
        out.append("\n## ").append(title).append("\n\n| name | value |\n|---|---|\n");
        values.forEach((name, value) -> out.append("| ")
                .append(text(name))
                .append(" | ")
                .append(text(String.valueOf(value)))
                .append(" |\n"));
    }

    private static String ranges(List<Map<String, @Nullable Object>> ranges) {
        return ranges.stream()
                .map(range -> (Boolean.TRUE.equals(range.get("atOrBefore")) ? "at or before " : "")
                        + Tree.text(range, "oldest") + ".." + Tree.text(range, "newest"))
                .collect(Collectors.joining(", "));
    }

    /** Nothing that a run or a commit says of itself becomes markup, or ends a cell. */
    private static String text(String text) {
        return Table.printable(text).replaceAll("([\\\\`*_\\[\\]<>|#~&])", "\\\\$1");
    }
}
