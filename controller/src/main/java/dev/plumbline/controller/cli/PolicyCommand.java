package dev.plumbline.controller.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plumbline policy}. */
@Command(
        name = "policy",
        description = "Work on the policies of a repository, offline.",
        subcommands = PolicyTestCommand.class,
        mixinStandardHelpOptions = true)
final class PolicyCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: `plumbline policy test`");
    }
}
