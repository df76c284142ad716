package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.Refusal;
import dev.plumbline.registry.argo.RunnerSupport;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.manifest.Manifest;

/**
 * What the embedded runner would refuse. A warning, because Argo itself may run it. Of an object with errors nothing is
 * said, so this rule stands last.
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
        if (report.hasErrors()) {
            // It runs nowhere as it is.
            return;
        }
        for (Refusal refusal : RunnerSupport.check(object.content())) {
            report.add(
                    refusal.path(),
                    refusal.place() + ": " + refusal.message(),
                    "run it on a cluster with Argo Workflows, or do without");
        }
    }
}
