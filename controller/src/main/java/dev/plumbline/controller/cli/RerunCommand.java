package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.query.RerunComparison;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline rerun}. */
@Command(
        name = "rerun",
        description = {
            "Run what was recorded again: the same template version, parameters and step code, refused with the reason"
                    + " where one of them is gone or changed; then compare what both made, step by step.",
            "Artifacts that it was given and did not make are read again: refused where one is gone or another, said where it"
                    + " cannot be told.",
            "The registry of each image that ran is asked whether it still has that digest, with the credentials of"
                    + " docker's config.json: refused where it has not, said where it does not answer.",
            "Exit code 0 when both made the same, 1 when they did not, or it is refused."
        },
        footer = {
            "",
            "Examples:",
            "  plumbline rerun churn:3 --dry-run",
            "  plumbline rerun training-x7k2p -p db-password=\"$PASSWORD\""
        })
final class RerunCommand extends ApiCommand {

    private static final long RECORDED_SECONDS = 120;

    @Parameters(paramLabel = "MODEL|RUN", description = "a model, model:version, a run by name or uid, or @latest")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String subject;

    @Option(
            names = {"-p", "--parameter"},
            paramLabel = "NAME=VALUE",
            description = "value of a secret parameter, of which the record holds a digest only; may be repeated")
    Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--dry-run", description = "print the Workflow, and start nothing")
    boolean dryRun;

    @Override
    int run() throws InterruptedException {
        Map<String, @Nullable Object> plan = api().rerun(subject, parameters);
        List<String> refused = Tree.list(plan, "refused").stream()
                .map(String::valueOf)
                .collect(Collectors.toCollection(java.util.ArrayList::new));
        TreeSet<String> missing = new TreeSet<>(Tree.map(plan, "secrets").keySet());
        missing.removeAll(parameters.keySet());
        missing.forEach(name -> refused.add(
                "the record holds only a digest of the parameter " + name + "; give it with -p " + name + "=VALUE"));
        TreeSet<String> unknown = new TreeSet<>(parameters.keySet());
        unknown.removeAll(Tree.map(plan, "secrets").keySet());
        unknown.forEach(name -> refused.add(
                "the parameter " + name + " is not a secret one of that run; `plumbline run` runs with other values"));
        RecordedImages.of(plan).ask(refused);
        plan.put("refused", refused.stream().distinct().toList());
        if (dryRun || !refused.isEmpty()) {
            print(plan);
            return refused.isEmpty() ? 0 : CommandException.WRONG;
        }
        Map<String, @Nullable Object> started = api().submit(Tree.map(plan, "workflow"), parameters);
        progress("started " + Tree.text(started, "name"));
        Map<String, @Nullable Object> ended = ended(Tree.text(started, "name"));
        progress(Tree.text(started, "name") + " " + Tree.text(ended, "phase"));
        Map<String, @Nullable Object> compared =
                RerunComparison.of(api().provenance(Tree.text(plan, "uid")), recorded(Tree.text(ended, "uid")));
        compared.put("phase", Tree.text(ended, "phase"));
        print(compared);
        return Tree.list(compared, "differences").isEmpty() ? 0 : CommandException.WRONG;
    }

    private Map<String, @Nullable Object> ended(String name) throws InterruptedException {
        Map<String, @Nullable Object> run = api().run(name);
        while (!RunText.ended(run)) {
            TimeUnit.MILLISECONDS.sleep(pauseMillis());
            run = api().run(name);
        }
        return run;
    }

    /** The record comes a moment after the end. */
    private Map<String, @Nullable Object> recorded(String uid) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(RECORDED_SECONDS);
        while (true) {
            try {
                return api().provenance(uid);
            } catch (CommandException e) {
                if (e.exitCode() != CommandException.WRONG || System.nanoTime() > until) {
                    throw e;
                }
            }
            TimeUnit.MILLISECONDS.sleep(pauseMillis());
        }
    }

    private void progress(String line) {
        if (output == Output.text || output == Output.wide) {
            spec.commandLine().getErr().println(Table.printable(line));
            spec.commandLine().getErr().flush();
        }
    }

    @Override
    String text(Map<String, @Nullable Object> answer) {
        return answer.containsKey("workflow") ? planned(answer) : compared(answer);
    }

    private static String planned(Map<String, @Nullable Object> plan) {
        StringBuilder out = new StringBuilder();
        List<@Nullable Object> refused = Tree.list(plan, "refused");
        if (!refused.isEmpty()) {
            out.append("The run ").append(Tree.text(plan, "run")).append(" is not run again:");
            refused.forEach(reason -> out.append("\n- ").append(Table.printable(String.valueOf(reason))));
            return out.toString();
        }
        out.append("The run ")
                .append(Tree.text(plan, "run"))
                .append(" would be run again by this Workflow; its template and step code are there as they were:\n\n")
                .append(Json.pretty(plan.get("workflow")));
        if (!Tree.map(plan, "images").isEmpty()) {
            out.append("\n\nWhether the same images are pulled is seen when it ran:");
            Tree.map(plan, "images")
                    .forEach((where, image) -> out.append("\n  ").append(Table.printable(where + ": " + image)));
            out.append("\n\nWhether their registries still have them:");
            Tree.map(plan, "imagesChecked")
                    .forEach((image, state) -> out.append("\n  ").append(Table.printable(image + ": " + state)));
        }
        if (!Tree.list(plan, "inputs").isEmpty()) {
            out.append("\n\nWhether what it was given is as it was:");
            Tree.maps(plan, "inputs")
                    .forEach(input -> out.append("\n  ")
                            .append(Table.printable(Tree.text(input, "name") + " of "
                                    + (Tree.text(input, "node").isEmpty() ? "the run" : Tree.text(input, "node")) + ", "
                                    + Tree.text(input, "place") + ": " + Tree.text(input, "state"))));
        }
        return out.toString();
    }

    private static String compared(Map<String, @Nullable Object> answer) {
        List<Map<String, @Nullable Object>> differences = Tree.maps(answer, "differences");
        String both = Tree.text(answer, "first") + " and " + Tree.text(answer, "again");
        if (differences.isEmpty()) {
            return both + " made the same in every step; the verdict on the rerun is " + Tree.text(answer, "verdict");
        }
        Table table = new Table("step", "what", Tree.text(answer, "first"), Tree.text(answer, "again"));
        differences.forEach(difference -> table.row(
                Tree.text(difference, "step"),
                Tree.text(difference, "what"),
                Tree.text(difference, "first"),
                Tree.text(difference, "again")));
        return "The first step in which " + both + " differ is "
                + Table.printable(Tree.text(differences.getFirst(), "step")) + ".\n\n" + table;
    }

    @Override
    Iterable<String> names(Map<String, @Nullable Object> answer) {
        return List.of(Tree.text(answer, answer.containsKey("workflow") ? "run" : "again"));
    }
}
