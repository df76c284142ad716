package dev.plumbline.controller.cli;

import picocli.CommandLine.Parameters;

/** A command about one sync, which a cluster may have several of. */
abstract class OneSyncCommand extends ApiCommand {

    @Parameters(
            index = "0",
            paramLabel = "SYNC",
            arity = "0..1",
            defaultValue = "",
            description = "ask a cluster: name of the PipelineSync, as --sync")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String name;

    @Override
    final String syncName() {
        return name;
    }
}
