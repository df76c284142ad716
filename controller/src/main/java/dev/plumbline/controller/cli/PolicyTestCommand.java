package dev.plumbline.controller.cli;

import dev.plumbline.registry.policy.PolicyExamples;
import dev.plumbline.registry.policy.PolicyExamples.Report;
import dev.plumbline.registry.policy.PolicyFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline policy test}: policies against their own examples. */
@Command(
        name = "test",
        description = "Ask policies about their examples: files in allowed/ must pass, those in denied/ must not.",
        mixinStandardHelpOptions = true)
final class PolicyTestCommand implements Callable<Integer> {

    /** Most bytes of one file that is read. */
    private static final long MAX_FILE_BYTES = 16L * 1024 * 1024;

    /** Deepest folder below a given one that is looked into. */
    private static final int MAX_DEPTH = 8;

    @Parameters(
            arity = "0..*",
            paramLabel = "PATH",
            description = "Folders of policies, or folders that hold some (default: policies).")
    private List<Path> paths = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "text, json or junit (default: text).")
    private PolicyReportForm form = PolicyReportForm.text;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<Report> reports = new ArrayList<>();
        for (Path folder : folders()) {
            reports.add(PolicyExamples.run(PolicyFolder.of(name(folder), files(folder))));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(form.write(reports));
        return reports.stream().allMatch(Report::passed) ? 0 : CommandException.WRONG;
    }

    private Iterable<Path> folders() {
        TreeSet<Path> folders = new TreeSet<>();
        for (Path path : paths.isEmpty() ? List.of(Path.of("policies")) : paths) {
            if (!Files.isDirectory(path)) {
                throw new CommandException(
                        CommandException.ENVIRONMENT,
                        "tried to test the policies in " + path + ", but it is no folder; name a folder of policies");
            }
            try (Stream<Path> walk = Files.find(
                    path,
                    MAX_DEPTH,
                    (file, attributes) -> attributes.isRegularFile()
                            && file.getFileName().toString().equals(PolicyFolder.POLICY_FILE))) {
                walk.map(Path::getParent).forEach(folders::add);
            } catch (IOException e) {
                throw unreadable(path, e);
            }
        }
        if (folders.isEmpty()) {
            throw new CommandException(
                    CommandException.ENVIRONMENT,
                    "found no " + PolicyFolder.POLICY_FILE + " in " + paths + "; name a folder of policies");
        }
        return folders;
    }

    private static Map<String, byte[]> files(Path folder) {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder, 2)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                String name = name(folder.relativize(file));
                if (!PolicyFolder.reads(name)) {
                    continue;
                }
                if (Files.size(file) > MAX_FILE_BYTES) {
                    throw new CommandException(
                            CommandException.ENVIRONMENT,
                            file + " is larger than " + MAX_FILE_BYTES + " bytes; split it");
                }
                files.put(name, Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        return files;
    }

    private static CommandException unreadable(Path path, IOException e) {
        return new CommandException(
                CommandException.ENVIRONMENT,
                "reading " + path + " failed: " + e.getMessage() + "; check its permissions");
    }

    private static String name(Path path) {
        return path.normalize().toString().replace('\\', '/');
    }
}
