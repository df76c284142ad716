package dev.plumbline.controller.cli;

import dev.plumbline.registry.lineage.LineageSink;
import dev.plumbline.registry.openlineage.LineagePlace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --openlineage}, of every command that records runs. */
final class LineageOption {

    @Option(
            names = "--openlineage",
            paramLabel = "FILE|URL",
            defaultValue = "${env:OPENLINEAGE_URL:-}",
            description =
                    "write each recorded run as OpenLineage events to a file, or post them to an endpoint, with the key in"
                            + " $OPENLINEAGE_API_KEY if there is one (default: $OPENLINEAGE_URL, else nowhere)")
    @Nullable
    String place;

    /** Where events go; null for nowhere. */
    @Nullable
    LineageSink sink() {
        String where = place;
        if (where == null || where.isEmpty()) {
            return null;
        }
        try {
            return LineagePlace.of(where, System.getenv().getOrDefault("OPENLINEAGE_API_KEY", ""));
        } catch (IllegalArgumentException e) {
            throw new CommandException(CommandException.ENVIRONMENT, String.valueOf(e.getMessage()));
        }
    }
}
