package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.manifest.Manifest;
import java.util.List;

/** A template is of exactly one type. */
final class TemplateTypeRule implements Rule {

    @Override
    public String id() {
        return "template-type";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        for (ArgoObject.Located located : set.argo(object).templates()) {
            List<String> types = Template.TYPES.stream()
                    .filter(located.template().tree()::containsKey)
                    .toList();
            if (types.size() != 1) {
                report.add(
                        located.path(),
                        located.place()
                                + (types.isEmpty()
                                        ? " does nothing: it has no type"
                                        : " has more than one type: " + String.join(", ", types)),
                        "give it exactly one of " + String.join(", ", Template.TYPES));
            }
        }
    }
}
