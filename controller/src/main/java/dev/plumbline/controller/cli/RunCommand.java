package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline run}. */
@Command(
        name = "run",
        description = "Start a run of a template in the version that Git asks for now.",
        footer = {"", "Example:", "  plumbline run model-training-template -p model-name=churn --watch"})
final class RunCommand extends ApiCommand {

    private static final int POLL_MILLIS = 300;

    @Parameters(paramLabel = "TEMPLATE", description = "name of a template, as `plumbline templates` lists it")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String template;

    @Option(
            names = {"-p", "--parameter"},
            paramLabel = "NAME=VALUE",
            description = "value of a parameter; may be repeated")
    Map<String, String> parameters = new LinkedHashMap<>();

    @Option(
            names = {"-w", "--watch"},
            description = "wait until the run ends; exit code 1 when it does not succeed")
    boolean watch;

    @Override
    public Integer call() throws InterruptedException {
        ApiClient api = api();
        Map<String, @Nullable Object> started =
                api.post("/runs", Map.of("template", template, "parameters", parameters));
        if (!watch) {
            print(started);
            return 0;
        }
        String name = Tree.text(started, "name");
        String shown = "";
        while (true) {
            Map<String, @Nullable Object> run = api.get("/runs/" + ApiClient.part(name));
            String now = RunText.progress(run);
            if (!now.equals(shown) && (output == Output.text || output == Output.wide)) {
                spec.commandLine().getErr().println(now);
                spec.commandLine().getErr().flush();
                shown = now;
            }
            if (RunText.ended(run)) {
                print(run);
                return Tree.text(run, "phase").equals("Succeeded") ? 0 : CommandException.WRONG;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    @Override
    String text(Map<String, @Nullable Object> answer) {
        if (answer.containsKey("nodes")) {
            return RunText.full(answer);
        }
        String name = Tree.text(answer, "name");
        return "started " + name + " (" + Tree.text(answer, "version") + ")\nfollow it: plumbline logs " + name + " -f";
    }

    @Override
    Iterable<String> names(Map<String, @Nullable Object> answer) {
        return List.of(Tree.text(answer, "name"));
    }
}
