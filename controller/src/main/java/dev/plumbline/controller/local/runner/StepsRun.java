package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.DagTask;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Executes a steps template as one Steps node: a StepGroup node for each group, whose steps run beside each other. */
final class StepsRun {

    private final RunParts run;
    private final TemplateRun templates;
    private final Call call;
    private final Template template;
    private final TaskNodes nodes;
    private final TaskScope scope;

    StepsRun(RunParts run, TemplateRun templates, Call call, Template template) {
        this.run = run;
        this.templates = templates;
        this.call = call;
        this.template = template;
        this.nodes = new TaskNodes(run.status(), run.status().id(call.node()), "steps.", template.members());
        this.scope = new TaskScope(run, call, template, nodes);
    }

    /** Executes it, or goes on after a restart, and returns the phase in which the Steps node ended. */
    String run() throws NodeProblem {
        String id = run.status().id(call.node());
        if (run.status().phase(id).isEmpty()) {
            TemplateRun.begin(run, call, "Steps", node -> {
                Map<String, @Nullable Object> inputs = TemplateRun.inputs(template);
                if (inputs != null) {
                    node.put("inputs", inputs);
                }
            });
        }
        Slots slots = Slots.of(template.tree().get("parallelism"));
        TaskRun tasks = new TaskRun(run, templates, call, scope, slots, TaskRun.text(template.tree()));
        String phase = Phase.SUCCEEDED;
        String message = "";
        List<String> after = List.of(id);
        List<List<DagTask>> groups = template.steps();
        for (int i = 0; i < groups.size() && phase.equals(Phase.SUCCEEDED); i++) {
            String group = call.node() + "[" + i + "]";
            phase = group(tasks, groups.get(i), group, after);
            message = Tree.text(run.status().node(run.status().id(group)), "message");
            after = ends(group);
        }
        List<@Nullable Object> outbound = new ArrayList<>(after);
        run.status().change(id, node -> node.put("outboundNodes", outbound));
        if (phase.equals(Phase.SUCCEEDED)) {
            run.outputs(id, new MemberOutputs(template, scope).collect());
        }
        return TemplateRun.finished(run, call, "Steps", phase, phase.equals(Phase.SUCCEEDED) ? "" : message);
    }

    private String group(TaskRun tasks, List<DagTask> steps, String group, List<String> after) {
        String stepsId = run.status().id(call.node());
        String id = run.status().id(group);
        Call made = call.member(
                group, new Caller(null, null, null, null), new Arguments(Map.of(), Map.of()), stepsId, after, false);
        if (run.status().phase(id).isEmpty()) {
            TemplateRun.begin(run, made, "StepGroup", _ -> {});
        }
        List<Runnable> jobs = new ArrayList<>();
        for (DagTask step : steps) {
            String node = group + "." + step.name();
            jobs.add(() -> tasks.execute(step, node, List.of(id), false));
        }
        Crew.all(group, jobs);
        steps.forEach(step -> nodes.put(step.name(), group + "." + step.name()));
        String failed = failed(steps, group);
        return TemplateRun.finished(
                run, made, "StepGroup", failed == null ? Phase.SUCCEEDED : Phase.FAILED, failed == null ? "" : failed);
    }

    /** The message of a group one of whose steps failed; null when none did that counts. */
    private @Nullable String failed(List<DagTask> steps, String group) {
        for (DagTask step : steps) {
            // A loop has its rounds here, and a node of its own only when it was skipped or could not begin.
            List<Map<String, @Nullable Object>> all = new ArrayList<>(nodes.rounds(step.name()));
            Map<String, @Nullable Object> own = run.status().node(run.status().id(group + "." + step.name()));
            if (own != null) {
                all.add(own);
            }
            for (Map<String, @Nullable Object> node : all) {
                String phase = Tree.text(node, "phase");
                boolean goesOn = phase.equals(Phase.FAILED) ? step.continueOnFailed() : step.continueOnError();
                if (Phase.bad(phase) && !goesOn) {
                    return "child '" + Tree.text(node, "id") + "' failed";
                }
            }
        }
        return null;
    }

    /** The nodes with which a group ends. */
    private List<String> ends(String group) {
        String id = run.status().id(group);
        List<String> ends = new ArrayList<>();
        for (Object child : Tree.list(run.status().node(id), "children")) {
            ends.addAll(run.status().outbound(String.valueOf(child)));
        }
        if (ends.isEmpty()) {
            ends.add(id);
        }
        return ends;
    }
}
