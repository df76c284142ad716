package dev.plumbline.controller.cli;

import dev.plumbline.controller.app.Program;
import java.io.PrintWriter;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;

/** The program that people start. */
@Command(
        name = "plumbline",
        version = "plumbline " + Main.VERSION,
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "COMMAND",
        header = {"Plumbline keeps ML pipelines as Git says, and says which commit made each model.", ""},
        footer = {
            "",
            "Begin with `plumbline up`; then, in another terminal:",
            "  plumbline run model-training-template --watch",
            "  plumbline provenance @latest",
            "`plumbline COMMAND --help` says more. Exit codes: 0 fine, 1 the thing checked is wrong, 2 usage or environment."
        })
public final class Main {

    /** The version of this program. */
    static final String VERSION = Program.VERSION;

    // Kept, because the logging of the platform forgets the settings of loggers that nobody holds.
    private static final Logger LIBRARIES = Logger.getLogger("io.helidon");

    // Says at length what is thrown as well.
    private static final Logger SERVER = Logger.getLogger("io.helidon.webserver.LoomServer");

    private Main() {}

    /** Starts the program and ends the process with its exit code. */
    public static void main(String[] arguments) {
        int code = run(
                new PrintWriter(System.out, false, java.nio.charset.StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, java.nio.charset.StandardCharsets.UTF_8),
                arguments);
        System.exit(code);
    }

    /** Runs one command line and answers its exit code. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        LIBRARIES.setLevel(Level.WARNING);
        SERVER.setLevel(Level.OFF);
        CommandLine line = new CommandLine(new Main());
        commands(arguments).forEach(line::addSubcommand);
        line.setUsageHelpAutoWidth(true);
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, Main::listed);
        line.setOut(out);
        line.setErr(err);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.AUTO));
        line.setExecutionExceptionHandler((exception, command, result) -> {
            if (exception instanceof CommandException known) {
                command.getErr().println("plumbline: " + known.getMessage());
                return known.exitCode();
            }
            throw exception;
        });
        line.setParameterExceptionHandler(Main::usageError);
        if (arguments.length == 0) {
            line.usage(out);
            out.flush();
            return 0;
        }
        int code = line.execute(arguments);
        out.flush();
        err.flush();
        return code;
    }

    /** The command that is called, alone, because reading the options of all takes longer than most of them run; else all. */
    private static List<Class<?>> commands(String... arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        List<Class<?>> all = Commands.BY_WISH.values().stream()
                .<Class<?>>flatMap(List::stream)
                .toList();
        return all.stream()
                .filter(command -> isNamed(command, first))
                .findFirst()
                .<List<Class<?>>>map(List::of)
                .orElse(all);
    }

    /** The commands under what people want, each with the first sentence of its description. */
    private static String listed(CommandLine.Help help) {
        StringBuilder out = new StringBuilder();
        Commands.BY_WISH.forEach((wish, commands) -> {
            out.append(String.format("%n%s:%n", wish));
            for (Class<?> command : commands) {
                Command annotation = command.getAnnotation(Command.class);
                if (annotation != null && !annotation.hidden()) {
                    String sentence = String.join(" ", annotation.description()).replaceFirst("(?s)[.:;] .*|[.]$", "");
                    out.append(String.format("  %-11s %s%n", annotation.name(), sentence));
                }
            }
        });
        return out.toString();
    }

    private static boolean isNamed(Class<?> command, String name) {
        Command annotation = command.getAnnotation(Command.class);
        return annotation != null && annotation.name().equals(name);
    }

    private static int usageError(ParameterException exception, String[] arguments) {
        PrintWriter err = exception.getCommandLine().getErr();
        err.println("plumbline: " + exception.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(exception, err)) {
            err.println("See `" + exception.getCommandLine().getCommandSpec().qualifiedName() + " --help`.");
        }
        return CommandException.ENVIRONMENT;
    }
}
