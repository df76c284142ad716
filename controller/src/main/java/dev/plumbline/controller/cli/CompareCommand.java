package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code plumbline compare}. */
@Command(
        name = "compare",
        description =
                "Say in what two models differ: commit, templates, step code, parameters, data, metrics and bytes.",
        footer = {"", "Example:", "  plumbline compare churn:1 churn:2"})
final class CompareCommand extends ApiCommand {

    private static final int SHORT_DIGEST = "sha256:".length() + 12;

    @Parameters(index = "0", paramLabel = "MODEL1", description = "a model, or model:version")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String one;

    @Parameters(index = "1", paramLabel = "MODEL2", description = "another")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    String other;

    @Override
    int run() {
        print(api().compare(one, other));
        return 0;
    }

    @Override
    String text(Map<String, @Nullable Object> answer) {
        List<Map<String, @Nullable Object>> differences = Tree.maps(answer, "differences");
        String same = answer.get("same") + " facts are the same.";
        if (differences.isEmpty()) {
            return "No difference is known. " + same;
        }
        Table table = new Table("what", Tree.text(answer, "one"), Tree.text(answer, "other"));
        for (Map<String, @Nullable Object> difference : differences) {
            table.row(
                    Tree.text(difference, "what"),
                    abbreviated(Tree.text(difference, "one")),
                    abbreviated(Tree.text(difference, "other")));
        }
        return table + "\n\n" + same;
    }

    private static String abbreviated(String value) {
        return value.startsWith("sha256:") && value.length() > SHORT_DIGEST ? value.substring(0, SHORT_DIGEST) : value;
    }
}
