package dev.plumbline.registry.validate;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.List;

/** An object with {@code generateName} and no name is a run, not state: each apply would make another one. */
final class GenerateNameRule implements Rule {

    @Override
    public String id() {
        return "generate-name";
    }

    @Override
    public Group group() {
        return Group.PLUMBLINE;
    }

    @Override
    public String description() {
        return "A rendering holds state, not runs: no object has a generateName.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        String prefix = Tree.text(object.content(), "metadata", "generateName");
        if (object.key().name().isEmpty() && !prefix.isEmpty()) {
            report.add(
                    List.of("metadata", "generateName"),
                    "the " + object.key().kind() + " with generateName '" + prefix
                            + "' is a run, and runs are started, not applied",
                    "take its file out of the kustomization, and start it with 'kubectl create' or 'argo submit'");
        }
    }
}
