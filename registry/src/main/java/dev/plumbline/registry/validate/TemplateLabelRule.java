package dev.plumbline.registry.validate;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.List;

/** Labels and annotations that templates read are ones that their runs have. Those of a template itself are not copied to runs. */
final class TemplateLabelRule implements UncheckedRule {

    @Override
    public String id() {
        return "template-label";
    }

    @Override
    public String description() {
        return "A template reads labels and annotations that its runs have, not its own.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        ArgoObject argo = set.argo(object);
        if (!argo.isTemplate()) {
            return;
        }
        for (Texts.Tag tag : argo.texts().tags()) {
            for (String kind : List.of("labels", "annotations")) {
                String prefix = "workflow." + kind + ".";
                String key = tag.name().startsWith(prefix) ? tag.name().substring(prefix.length()) : "";
                boolean own = Tree.at(object.content(), "metadata", kind, key) != null;
                boolean copied = Tree.at(argo.spec().tree(), "workflowMetadata", kind, key) != null
                        || Tree.at(argo.spec().tree(), "workflowMetadata", "labelsFrom", key) != null;
                if (own && !copied) {
                    report.add(
                            tag.path(),
                            "{{" + Report.shorten(tag.name())
                                    + "}} reads a mark of the template, which its runs do not have",
                            "put it into spec.workflowMetadata." + kind + " too");
                }
            }
        }
    }
}
