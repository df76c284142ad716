package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.ArgoText;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.json.Tree;
import java.time.Duration;
import java.time.Instant;

/** How long a step may take: until its own limits or the Workflow's deadline, whichever comes first. */
final class StepLimit {

    private static final Duration FOREVER = Duration.ofDays(3650);

    private StepLimit() {}

    /** The time that is left for a step that begins now; not positive when there is none. */
    static Duration of(RunParts run, Call call, Template template) throws NodeProblem {
        Duration limit = FOREVER;
        String seconds = ArgoText.of(template.tree().get("activeDeadlineSeconds"));
        for (Duration own : new Duration[] {
            ArgoDuration.parse(seconds, "activeDeadlineSeconds"),
            ArgoDuration.parse(Tree.string(template.tree(), "timeout"), "timeout")
        }) {
            limit = own != null && own.compareTo(limit) < 0 ? own : limit;
        }
        Instant deadline = run.deadline();
        if (deadline != null && !call.exit()) {
            Duration left = Duration.between(run.clock().instant(), deadline);
            limit = left.compareTo(limit) < 0 ? left : limit;
        }
        return limit;
    }

    /** What is said of a step that took longer. */
    static String message(RunParts run, Call call) {
        Instant deadline = run.deadline();
        return deadline != null && !call.exit() && !run.clock().instant().isBefore(deadline)
                ? "Step exceeded workflow deadline"
                : "Pod was active on the node longer than the specified deadline";
    }
}
