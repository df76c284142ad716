package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.manifest.Manifest;

/** Only runs of a schedule know the time that they were scheduled for. */
final class ScheduledTimeRule implements UncheckedRule {

    @Override
    public String id() {
        return "scheduled-time";
    }

    @Override
    public String description() {
        return "workflow.scheduledTime is read only in runs of a schedule.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        if (!object.key().kind().equals(ArgoKinds.WORKFLOW)) {
            return;
        }
        for (Texts.Tag tag : set.argo(object).texts().tags()) {
            if (tag.name().equals("workflow.scheduledTime")) {
                report.add(
                        tag.path(),
                        "{{workflow.scheduledTime}} stays as it is in a run that no schedule started",
                        "read {{workflow.creationTimestamp.RFC3339}}, or make it a parameter");
            }
        }
    }
}
