package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A run as text. */
final class RunText {

    private static final Set<String> FINAL = Set.of("Succeeded", "Failed", "Error");

    private RunText() {}

    static boolean ended(Map<String, @Nullable Object> run) {
        return FINAL.contains(Tree.text(run, "phase"));
    }

    /** One line: phase and what each step does. */
    static String progress(Map<String, @Nullable Object> run) {
        StringBuilder line =
                new StringBuilder(Tree.text(run, "name")).append(": ").append(Tree.text(run, "phase"));
        String separator = "  ";
        for (Map<String, @Nullable Object> node : steps(run)) {
            line.append(separator)
                    .append(sign(Tree.text(node, "phase")))
                    .append(' ')
                    .append(Tree.text(node, "displayName"));
            separator = "  ";
        }
        return line.toString();
    }

    /** Everything about a run on one screen. */
    static String full(Map<String, @Nullable Object> run) {
        StringBuilder out = new StringBuilder();
        line(out, "Run", Tree.text(run, "name"));
        line(out, "Template", Tree.text(run, "template"));
        line(out, "Phase", Tree.text(run, "phase"));
        line(out, "Message", Tree.text(run, "message"));
        line(out, "Started", Tree.text(run, "startedAt"));
        line(out, "Finished", Tree.text(run, "finishedAt"));
        line(out, "Verdict", Tree.text(run, "verdict"));
        out.append('\n');
        Table table = new Table("step", "phase", "message");
        for (Map<String, @Nullable Object> node : steps(run)) {
            table.row(
                    sign(Tree.text(node, "phase")) + " " + Tree.text(node, "displayName"),
                    Tree.text(node, "phase"),
                    Tree.text(node, "message"));
        }
        out.append(table);
        Map<String, @Nullable Object> outputs = Tree.map(run, "outputs");
        if (!outputs.isEmpty()) {
            out.append("\n\nOutputs:");
            outputs.forEach((name, value) ->
                    out.append("\n  ").append(name).append(": ").append(value));
        }
        return out.toString();
    }

    private static List<Map<String, @Nullable Object>> steps(Map<String, @Nullable Object> run) {
        return Tree.maps(run, "nodes");
    }

    /** An RFC 3339 time without fractions of a second. */
    static String time(String rfc3339) {
        return rfc3339.replaceFirst("\\.\\d+Z$", "Z");
    }

    /** How long ago something was, as kubectl says it: {@code 45s}, {@code 12m}, {@code 3h}, {@code 8d}; empty for no time. */
    static String since(String rfc3339, Instant now) {
        if (rfc3339.isEmpty()) {
            return "";
        }
        Duration age = Duration.between(Instant.parse(rfc3339), now);
        long seconds = Math.max(0, age.toSeconds());
        return seconds < 120
                ? seconds + "s"
                : age.toMinutes() < 120
                        ? age.toMinutes() + "m"
                        : age.toHours() < 48 ? age.toHours() + "h" : age.toDays() + "d";
    }

    static void line(StringBuilder out, String name, String value) {
        if (!value.isEmpty()) {
            out.append(String.format("%-11s %s%n", name + ":", value));
        }
    }

    private static String sign(String phase) {
        return switch (phase) {
            case "Succeeded" -> "✔";
            case "Failed", "Error" -> "✖";
            case "Running" -> "●";
            case "Skipped", "Omitted" -> "○";
            default -> "◷";
        };
    }
}
