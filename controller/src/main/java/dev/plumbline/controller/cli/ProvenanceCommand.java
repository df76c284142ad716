package dev.plumbline.controller.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code plumbline provenance}. */
@Command(
        name = "provenance",
        description =
                "Say which commit made a model or ran in a run, or what a commit made; checked against what really ran.",
        footer = {
            "",
            "Examples:",
            "  plumbline provenance churn",
            "  plumbline provenance churn:3",
            "  plumbline provenance @latest",
            "  plumbline provenance 7fd1a60b01",
            "  plumbline provenance churn:3 -o markdown"
        })
final class ProvenanceCommand extends ApiCommand {

    @Parameters(
            paramLabel = "SUBJECT",
            description = "model, model:version, name or uid of a run, @latest, sha256:…, or a commit")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String subject;

    @Override
    int run() {
        print(api().provenance(subject));
        return 0;
    }

    @Override
    String text(Map<String, @Nullable Object> answer) {
        return ProvenanceText.of(answer);
    }

    @Override
    String markdown(Map<String, @Nullable Object> answer) {
        return ProvenanceMarkdown.of(answer);
    }
}
