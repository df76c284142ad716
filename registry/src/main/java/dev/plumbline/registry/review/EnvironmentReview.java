package dev.plumbline.registry.review;

import dev.plumbline.registry.diff.ObjectChange;
import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.template.BrokenConsumer;
import dev.plumbline.registry.template.TemplateChanges;
import java.util.List;

/**
 * What a change means for one environment.
 *
 * @param path its overlay; empty for the root of the repository
 * @param brokenBefore why it did not render before the change; empty where it did, or was not there
 * @param brokenAfter why it does not render after the change; empty where it does, or is not there any more
 * @param changes the objects that differ as rendered; empty where it is broken on either side, because nothing is known then
 * @param findings the findings that come and go, denials of policies among them
 * @param templates what becomes of the interface of each template that differs
 * @param broken uses of templates that fitted before and do not fit any more
 * @param models models that will be made otherwise
 * @param schedules schedules that change, or will run something else
 */
public record EnvironmentReview(
        String path,
        List<Finding> brokenBefore,
        List<Finding> brokenAfter,
        List<ObjectChange> changes,
        FindingChanges findings,
        List<TemplateChanges> templates,
        List<BrokenConsumer> broken,
        List<TouchedModel> models,
        List<TouchedSchedule> schedules) {

    /** Keeps its own copies. */
    public EnvironmentReview {
        brokenBefore = List.copyOf(brokenBefore);
        brokenAfter = List.copyOf(brokenAfter);
        changes = List.copyOf(changes);
        templates = List.copyOf(templates);
        broken = List.copyOf(broken);
        models = List.copyOf(models);
        schedules = List.copyOf(schedules);
    }
}
