package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline logs}. */
@Command(
        name = "logs",
        description = "Print what the steps of a run printed.",
        footer = {"", "Examples:", "  plumbline logs @latest", "  plumbline logs model-training-template-x7k2p -f"})
final class LogsCommand extends ApiCommand {

    @Parameters(paramLabel = "RUN", description = "name of a run, or @latest", defaultValue = "@latest")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String run;

    @Option(
            names = {"-f", "--follow"},
            description = "go on until the run ends")
    boolean follow;

    @Override
    int run() throws InterruptedException {
        Api api = api();
        Map<String, @Nullable Object> answer = api.logs(run);
        if (!follow || output == Output.json || output == Output.yaml) {
            print(answer);
            return 0;
        }
        String name = Tree.text(answer, "name");
        Map<String, Long> printed = new HashMap<>();
        while (true) {
            for (Map<String, @Nullable Object> node : Tree.maps(answer, "nodes")) {
                Long before = printed.get(Tree.text(node, "id"));
                boolean ended =
                        RunText.ended(answer) || !Tree.text(node, "finishedAt").isEmpty();
                printed.put(Tree.text(node, "id"), more(node, before == null ? 0 : before, ended));
            }
            out().flush();
            if (RunText.ended(answer)) {
                return 0;
            }
            TimeUnit.MILLISECONDS.sleep(pauseMillis());
            answer = api.logs(name);
        }
    }

    /**
     * Prints the lines of a step that came since, and answers how many it has in all.
     *
     * @param printed how many were printed before
     * @param ended whether the last line counts without a line break
     */
    private long more(Map<String, @Nullable Object> node, long printed, boolean ended) {
        String text = Tree.text(node, "text");
        long skipped = skipped(node);
        String name = Tree.text(node, "displayName");
        int at = 0;
        long line = skipped;
        while (line < printed && text.indexOf('\n', at) >= 0) {
            at = text.indexOf('\n', at) + 1;
            line++;
        }
        int end = ended ? text.length() : text.lastIndexOf('\n') + 1;
        if (line < printed || end <= at) {
            return Math.max(line, printed);
        }
        String fresh = text.substring(at, end);
        out().print(leftOut(name, skipped - printed) + prefixed(name, fresh));
        return line + fresh.chars().filter(c -> c == '\n').count() + (fresh.endsWith("\n") ? 0 : 1);
    }

    private static long skipped(Map<String, @Nullable Object> node) {
        return node.get("skippedLines") instanceof Number lines ? lines.longValue() : 0;
    }

    /** What is said in the place of lines that nobody shows. */
    private static String leftOut(String step, long lines) {
        return lines > 0 ? step + ": (" + lines + " earlier lines are left out: the log is too long)\n" : "";
    }

    @Override
    String text(Map<String, @Nullable Object> answer) {
        StringBuilder out = new StringBuilder();
        for (Map<String, @Nullable Object> node : Tree.maps(answer, "nodes")) {
            out.append(leftOut(Tree.text(node, "displayName"), skipped(node)));
            out.append(prefixed(Tree.text(node, "displayName"), Tree.text(node, "text")));
        }
        return out.isEmpty()
                ? "the steps of this run have printed nothing"
                : out.toString().stripTrailing();
    }

    private static String prefixed(String step, String text) {
        StringBuilder out = new StringBuilder();
        text.lines().forEach(line -> out.append(step).append(": ").append(line).append('\n'));
        return out.toString();
    }
}
