package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plumbline models}. */
@Command(name = "models", description = "List the models that recorded runs made, newest first.")
final class ModelsCommand extends OneSyncCommand {

    @Mixin
    final SelectionOptions selection = new SelectionOptions();

    @Override
    int run() {
        print(api().models(selection.query()));
        return 0;
    }

    @Override
    String text(Map<String, @Nullable Object> answer) {
        List<Map<String, @Nullable Object>> models = Tree.maps(answer, "models");
        if (models.isEmpty()) {
            return "no models yet; a run that registers one is `plumbline run model-training-template`";
        }
        Table table = new Table("model", "version", "verdict", "commit", "run", "accuracy");
        for (Map<String, @Nullable Object> model : models) {
            String commit = Tree.text(model, "commit");
            table.row(
                    Tree.text(model, "name"),
                    Tree.text(model, "version"),
                    Tree.text(model, "verdict"),
                    commit.length() > 10 ? commit.substring(0, 10) : commit,
                    Tree.text(model, "run"),
                    Tree.text(model, "accuracy"));
        }
        return table + selection.more(answer);
    }

    @Override
    Iterable<String> names(Map<String, @Nullable Object> answer) {
        return Tree.maps(answer, "models").stream()
                .map(model -> Tree.text(model, "name") + ":" + Tree.text(model, "version"))
                .toList();
    }
}
