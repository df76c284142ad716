package dev.plumbline.controller.cli;

import dev.plumbline.controller.spec.PipelineRollback;
import dev.plumbline.registry.json.Tree;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code plumbline rollback}. */
@Command(
        name = "rollback",
        description = {
            "Restore an applied revision exactly as it was, from the store.",
            "Automatic sync stays on; the content that was rolled back from is not applied again until Git brings other",
            "content. For the lasting change use `revert`."
        },
        footer = {
            "",
            "On a cluster this is a PipelineRollback in your own name, and the command waits until it is in force.",
            "",
            "Examples:",
            "  plumbline rollback --to 3 --reason \"accuracy fell\"",
            "  plumbline rollback pipelines -n team-a --reason \"accuracy fell\""
        })
final class RollbackCommand extends OneSyncCommand {

    @Option(
            names = "--to",
            paramLabel = "REVISION",
            defaultValue = "0",
            description = "revision to restore (default: the one before)")
    long to;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why; stays in history for ever")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String reason;

    @Option(
            names = "--until",
            paramLabel = "WHEN",
            defaultValue = "NewContent",
            converter = UntilWord.class,
            description = "NewContent: until a commit comes without the content that is rolled back from; Removed, on a"
                    + " cluster only: until the PipelineRollback is deleted (default: NewContent)")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    PipelineRollback.Until until;

    /** Reads the words of a PipelineRollback. */
    static final class UntilWord implements ITypeConverter<PipelineRollback.Until> {
        @Override
        public PipelineRollback.Until convert(String word) {
            return Arrays.stream(PipelineRollback.Until.values())
                    .filter(until -> until.toString().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("expected NewContent or Removed, not " + word));
        }
    }

    @Override
    int run() {
        print(api().rollback(to, reason, until == PipelineRollback.Until.REMOVED));
        return 0;
    }

    @Override
    String text(Map<String, @Nullable Object> answer) {
        return Tree.text(answer, "message");
    }
}
