package dev.plumbline.registry.validate;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;

/** A Workflow or CronWorkflow knows where to start, and takes its templates from one place. */
final class EntrypointRule implements Rule {

    @Override
    public String id() {
        return "missing-entrypoint";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        ArgoObject argo = set.argo(object);
        if (!argo.hasSpec() || argo.isTemplate()) {
            return;
        }
        boolean refers = argo.spec().workflowTemplateRef() != null;
        if (refers && !Tree.list(argo.spec().tree(), "templates").isEmpty()) {
            report.add(
                    argo.path("templates"),
                    "'templates' and 'workflowTemplateRef' exclude each other",
                    "keep one of them");
        }
        if (Tree.text(argo.spec().tree(), "entrypoint").isEmpty() && !argo.isPartlyUnknown(set)) {
            ArgoObject base = argo.base(set);
            if (base == null) {
                report.add(argo.path(), "there is no entrypoint", "add 'entrypoint' with the template to start with");
            } else if (Tree.text(base.spec().tree(), "entrypoint").isEmpty()) {
                report.add(
                        argo.path("workflowTemplateRef"),
                        "there is no entrypoint, neither here nor in the template that is referred to",
                        "add 'entrypoint' here or there");
            }
        }
    }
}
