package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline run}. */
@Command(
        name = "run",
        description = "Start a run of a template in the version that Git asks for now, or of a Workflow in a file.",
        footer = {
            "",
            "Examples:",
            "  plumbline run model-training-template -p model-name=churn --watch",
            "  plumbline run -f pipelines/examples/simple-training-workflow.yaml"
        })
final class RunCommand extends ApiCommand {

    @Parameters(
            paramLabel = "TEMPLATE",
            arity = "0..1",
            defaultValue = "",
            description = "name of a template, as `plumbline templates` lists it")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String template;

    @Mixin
    final ParameterOption parameters = new ParameterOption();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "a Workflow to run as it is; templates that it names are those of the cluster")
    @Nullable
    Path file;

    @Option(
            names = {"-w", "--watch"},
            description = "wait until the run ends; exit code 1 when it does not succeed")
    boolean watch;

    @Override
    int run() throws InterruptedException {
        if (template.isEmpty() == (file == null)) {
            throw new CommandException(
                    CommandException.ENVIRONMENT,
                    "name a template, or a Workflow file with -f; `plumbline templates` lists the templates");
        }
        Api api = api();
        Map<String, @Nullable Object> started = file == null
                ? api.start(template, parameters.values)
                : api.submit(WorkflowFile.read(file), parameters.values);
        if (!watch) {
            print(started);
            return 0;
        }
        String name = Tree.text(started, "name");
        String shown = "";
        while (true) {
            Map<String, @Nullable Object> run = api.run(name);
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
            TimeUnit.MILLISECONDS.sleep(pauseMillis());
        }
    }

    @Override
    String text(Map<String, @Nullable Object> answer) {
        if (answer.containsKey("nodes")) {
            return RunText.full(answer);
        }
        String version = Tree.text(answer, "version");
        return "started " + Tree.text(answer, "name") + (version.isEmpty() ? "" : " (" + version + ")") + "\n"
                + follow(answer);
    }

    @Override
    Iterable<String> names(Map<String, @Nullable Object> answer) {
        return List.of(Tree.text(answer, "name"));
    }
}
