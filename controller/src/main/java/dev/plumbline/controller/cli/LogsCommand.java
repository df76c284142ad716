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
        Map<String, Integer> printed = new HashMap<>();
        while (true) {
            for (Map<String, @Nullable Object> node : Tree.maps(answer, "nodes")) {
                String text = Tree.text(node, "text");
                int from = printed.merge(Tree.text(node, "id"), 0, Integer::sum);
                // A line is printed when it is whole: at its line break, or where the step has ended without one.
                boolean whole =
                        RunText.ended(answer) || !Tree.text(node, "finishedAt").isEmpty();
                int end = whole ? text.length() : text.lastIndexOf('\n') + 1;
                if (end > from) {
                    out().print(prefixed(Tree.text(node, "displayName"), text.substring(from, end)));
                    printed.put(Tree.text(node, "id"), end);
                }
            }
            out().flush();
            if (RunText.ended(answer)) {
                return 0;
            }
            TimeUnit.MILLISECONDS.sleep(pauseMillis());
            answer = api.logs(name);
        }
    }

    @Override
    String text(Map<String, @Nullable Object> answer) {
        StringBuilder out = new StringBuilder();
        for (Map<String, @Nullable Object> node : Tree.maps(answer, "nodes")) {
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
