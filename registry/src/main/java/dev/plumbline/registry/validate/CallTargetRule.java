package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.TemplateRef;
import dev.plumbline.registry.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;

/** A task, step or hook names exactly one template, and names it fully. */
final class CallTargetRule implements Rule {

    @Override
    public String id() {
        return "call-target";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        for (Call call : set.argo(object).calls()) {
            List<String> targets = new ArrayList<>();
            for (String field : List.of("template", "templateRef", "inline")) {
                if (call.tree().get(field) != null) {
                    targets.add(field);
                }
            }
            if (targets.size() != 1) {
                report.add(
                        call.path(),
                        call.place() + " has "
                                + (targets.isEmpty()
                                        ? "no template to run"
                                        : String.join(" and ", targets) + ", which exclude each other"),
                        "give it exactly one of 'template', 'templateRef' and 'inline'");
            }
            TemplateRef ref = call.templateRef();
            if (ref != null && (ref.name().isEmpty() || ref.template().isEmpty())) {
                report.add(
                        ArgoObject.join(call.path(), "templateRef"),
                        call.place() + " has a templateRef without "
                                + (ref.name().isEmpty() ? "'name'" : "'template'"),
                        "name both the object and the template in it");
            }
        }
    }
}
