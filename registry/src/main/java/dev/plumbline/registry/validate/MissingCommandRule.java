package dev.plumbline.registry.validate;

import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Containers say their command. Argo's executor takes the place of the image's entrypoint, so without a command the controller has
 * to ask the registry for it at each start, which fails for private images and in closed networks.
 */
final class MissingCommandRule implements UncheckedRule {

    @Override
    public String id() {
        return "missing-command";
    }

    @Override
    public Severity severity() {
        return Severity.ADVICE;
    }

    @Override
    public String description() {
        return "Every container says its command, so that Argo need not look into the image.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        ArgoObject argo = set.argo(object);
        for (ArgoObject.Located located : argo.templates()) {
            Map<String, @Nullable Object> tree = located.template().tree();
            for (String type : List.of("container", "script")) {
                boolean defaulted = !Tree.list(argo.spec().tree(), "templateDefaults", type, "command")
                        .isEmpty();
                if (tree.get(type) instanceof Map<?, ?> map && !defaulted) {
                    command(Tree.cast(map), located.at(type), located.place() + "." + type, report);
                }
            }
            for (ArgoObject.Indexed container : ArgoObject.indexed(tree, "containerSet", "containers")) {
                command(
                        container.tree(),
                        located.at("containerSet", "containers", container.index()),
                        located.place() + ".containerSet.containers." + Tree.text(container.tree(), "name"),
                        report);
            }
        }
    }

    private static void command(
            Map<String, @Nullable Object> container, List<String> path, String place, Report report) {
        if (Tree.list(container, "command").isEmpty()
                && !Tree.text(container, "image").isEmpty()) {
            report.add(
                    path,
                    place + " has no command, so Argo asks the image's registry for it",
                    "add 'command', the image's own entrypoint if you want that");
        }
    }
}
