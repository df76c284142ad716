package dev.plumbline.controller.cli;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.source.SourceException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that reads a folder or a repository on this machine by itself; nothing else needs to run. */
@Command(mixinStandardHelpOptions = true, usageHelpAutoWidth = true)
abstract class LocalCommand implements Callable<Integer> {

    /** Most findings that are printed. */
    private static final int MAX_FINDINGS = 200;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    CommandSpec spec;

    @Option(
            names = "--repo",
            paramLabel = "DIR",
            defaultValue = "",
            description =
                    "read paths from this folder of a clone, or in this bare repository (default: the current folder)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String repo;

    /** Does the work and answers the exit code. */
    abstract int run() throws SourceException;

    @Override
    public final Integer call() {
        try {
            return run();
        } catch (SourceException e) {
            throw new CommandException(CommandException.ENVIRONMENT, String.valueOf(e.getMessage()));
        }
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Prints findings to standard error; answers the exit code for them. */
    static int report(PrintWriter err, List<Finding> findings) {
        findings.stream().limit(MAX_FINDINGS).forEach(finding -> err.println(Table.printable(finding.toString())));
        if (findings.size() > MAX_FINDINGS) {
            err.println("… and " + (findings.size() - MAX_FINDINGS) + " more");
        }
        return Finding.anyError(findings) ? CommandException.WRONG : 0;
    }
}
