package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.ArgoText;
import dev.plumbline.registry.argo.Parameter;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.json.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Executes a suspend template as one Suspend node: waits for its duration, or until somebody gives the node another phase in the
 * Workflow's status, as {@code argo resume}, {@code argo stop} and {@code argo node set} do, with the values of its outputs.
 */
final class SuspendRun {

    private static final Duration POLL = Duration.ofMillis(100);

    private final RunParts run;
    private final Call call;
    private final Template template;
    private final String id;

    SuspendRun(RunParts run, Call call, Template template) {
        this.run = run;
        this.call = call;
        this.template = template;
        this.id = run.status().id(call.node());
    }

    /** Waits, or goes on with that after a restart, and returns the phase in which the node ended. */
    String run() throws NodeProblem {
        if (run.status().phase(id).isEmpty()) {
            TemplateRun.begin(run, call, "Suspend", node -> {
                Map<String, @Nullable Object> inputs = TemplateRun.inputs(template);
                if (inputs != null) {
                    node.put("inputs", inputs);
                }
                Map<String, @Nullable Object> outputs = Tree.map(template.tree(), "outputs");
                if (!outputs.isEmpty()) {
                    node.put("outputs", Tree.copy(outputs));
                }
            });
            run.status().flush();
            run.tell(Phase.RUNNING, id, "waits");
        }
        Instant end = end();
        while (true) {
            Map<String, @Nullable Object> seen = run.signal().node(id);
            String phase = Tree.text(seen, "phase");
            if (Phase.fulfilled(phase)) {
                return ended(phase, Tree.map(seen, "outputs"), Tree.text(seen, "message"));
            }
            Instant now = run.clock().instant();
            if (end != null && !now.isBefore(end)) {
                return ended(Phase.SUCCEEDED, Map.of(), "");
            }
            Instant deadline = run.deadline();
            if (deadline != null && !call.exit() && !now.isBefore(deadline)) {
                return TemplateRun.finished(run, call, "Suspend", Phase.FAILED, "Step exceeded workflow deadline");
            }
            String strategy = run.signal().shutdown(call.exit());
            if (strategy != null) {
                return TemplateRun.finished(run, call, "Suspend", Phase.FAILED, WorkflowRun.stopped(strategy));
            }
            run.signal().pause(POLL);
        }
    }

    private @Nullable Instant end() throws NodeProblem {
        Duration duration =
                ArgoDuration.parse(ArgoText.of(Tree.at(template.tree(), "suspend", "duration")), "suspend.duration");
        return duration == null
                ? null
                : Instant.parse(Tree.text(run.status().node(id), "startedAt")).plus(duration);
    }

    private String ended(String phase, Map<String, @Nullable Object> given, String message) throws NodeProblem {
        List<@Nullable Object> parameters = new ArrayList<>();
        for (Parameter parameter : template.outputParameters()) {
            Map<String, @Nullable Object> supplied = Tree.named(parameter.name(), given, "parameters");
            String value = supplied == null ? null : Tree.string(supplied, "value");
            value = value == null ? parameter.valueFromDefault() : value;
            value = value == null ? parameter.value() : value;
            if (value == null && phase.equals(Phase.SUCCEEDED)) {
                throw new NodeProblem("output parameter '" + parameter.name() + "' was not supplied");
            }
            if (value != null) {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>(parameter.tree());
                copy.put("value", value);
                parameters.add(copy);
            }
        }
        if (!parameters.isEmpty()) {
            run.outputs(id, new LinkedHashMap<>(Map.of("parameters", parameters)));
        }
        return TemplateRun.finished(run, call, "Suspend", phase, message);
    }
}
