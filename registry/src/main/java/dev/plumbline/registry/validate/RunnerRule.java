package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.Refusal;
import dev.plumbline.registry.argo.RunnerSupport;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.manifest.Manifest;

/**
 * What the embedded runner would refuse. A warning, because Argo itself may run it. What another rule already calls wrong at the
 * same place is not said twice, so this rule stands last.
 */
final class RunnerRule implements Rule {

    @Override
    public String id() {
        return "runner-refuses";
    }

    @Override
    public Group group() {
        return Group.PLUMBLINE;
    }

    @Override
    public String description() {
        return "The embedded runner can run it.";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        for (Refusal refusal : RunnerSupport.check(object.content())) {
            if (!report.hasError(refusal.path())) {
                report.add(
                        refusal.path(),
                        refusal.place() + ": " + refusal.message(),
                        "run it on a cluster with Argo Workflows, or do without");
            }
        }
    }
}
