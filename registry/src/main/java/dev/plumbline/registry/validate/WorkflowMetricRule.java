package dev.plumbline.registry.validate;

import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.validate.argo.ArgoValidation;
import dev.plumbline.registry.validate.argo.Problem;

/** Metrics of a workflow as a whole are as complete as those of a template, which alone Argo checks before a run. */
final class WorkflowMetricRule implements UncheckedRule {

    @Override
    public String id() {
        return "workflow-metric";
    }

    @Override
    public String description() {
        return "A metric of a workflow has a name, a help text and a value, as one of a template must.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        ArgoObject argo = set.argo(object);
        for (Problem problem : ArgoValidation.metricsOf(object, argo.spec().tree(), argo.path())) {
            report.add(problem.path(), problem.message(), problem.fix());
        }
    }
}
