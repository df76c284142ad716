package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.yaml.YamlWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that asks a running {@code plumbline up}, or a cluster where options name one, and prints the answer. */
@Command(mixinStandardHelpOptions = true, usageHelpAutoWidth = true)
abstract class ApiCommand implements Callable<Integer> {

    private static final long LOCAL_PAUSE_MILLIS = 300;
    private static final long CLUSTER_PAUSE_MILLIS = 1000;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:PLUMBLINE_DATA:-.plumbline}",
            description = "data folder of the running `plumbline up` (default: $PLUMBLINE_DATA, else .plumbline)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    Path data;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "how to print: ${COMPLETION-CANDIDATES} (default: text)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    Output output;

    @Mixin
    final ClusterOption cluster = new ClusterOption();

    private @Nullable Api api;

    /** Does the work and answers the exit code. */
    abstract int run() throws InterruptedException;

    @Override
    public final Integer call() throws InterruptedException {
        try {
            return run();
        } finally {
            if (api != null) {
                api.close();
            }
        }
    }

    /** The sync's name as an argument of this command; empty when it has none, or it was left out. */
    String syncName() {
        return "";
    }

    /** How long to wait before asking about a run again: the program on this machine is asked more often than a cluster. */
    final long pauseMillis() {
        return cluster.given() ? CLUSTER_PAUSE_MILLIS : LOCAL_PAUSE_MILLIS;
    }

    /** Who is asked: a cluster where options or arguments name one, else the {@code plumbline up} of the data folder. */
    final Api api() {
        Api known = api;
        if (known == null) {
            known = cluster.given() || !syncName().isEmpty()
                    ? cluster.open(syncName(), spec.commandLine().getErr())
                    : ApiClient.of(data);
            api = known;
        }
        return known;
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Prints the answer as asked: text by the command itself, everything else alike everywhere. */
    final void print(Map<String, @Nullable Object> answer) {
        switch (output) {
            case json -> out().println(Json.pretty(answer));
            case yaml -> out().print(YamlWriter.write(answer));
            case name -> names(answer).forEach(out()::println);
            case markdown -> out().println(markdown(answer));
            case text, wide -> out().println(text(answer));
        }
        out().flush();
    }

    /** How to see what a run does. */
    final String follow(Map<String, @Nullable Object> run) {
        return "follow it: plumbline logs " + Tree.text(run, "name") + " -f"
                + (cluster.given() ? " -n " + Tree.text(run, "namespace") : "");
    }

    /** The answer for people, without a final line break. */
    abstract String text(Map<String, @Nullable Object> answer);

    /** The answer as Markdown, for {@code -o markdown}. */
    String markdown(Map<String, @Nullable Object> answer) {
        throw new CommandException(
                CommandException.ENVIRONMENT, "this command prints no Markdown; use -o text or -o json");
    }

    /** The names in the answer, for {@code -o name}. */
    Iterable<String> names(Map<String, @Nullable Object> answer) {
        throw new CommandException(
                CommandException.ENVIRONMENT, "this command has no names to print; use -o text or -o json");
    }
}
