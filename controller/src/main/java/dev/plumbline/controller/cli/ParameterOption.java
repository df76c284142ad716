package dev.plumbline.controller.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Values of a run's parameters. */
final class ParameterOption {

    @Option(
            names = {"-p", "--parameter"},
            paramLabel = "NAME=VALUE",
            description = "value of a parameter; may be repeated")
    Map<String, String> values = new LinkedHashMap<>();
}
