package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.ArgoSyntaxException;
import dev.plumbline.registry.argo.DagTask;
import dev.plumbline.registry.argo.Depends;
import dev.plumbline.registry.argo.Template;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Executes a dag as one DAG node: each task in a thread of its own as soon as what it depends on has ended. */
final class DagRun {

    private final RunParts run;
    private final TemplateRun templates;

    DagRun(RunParts run, TemplateRun templates) {
        this.run = run;
        this.templates = templates;
    }

    /** Executes it, or goes on after a restart, and returns the phase in which the DAG node ended. */
    String run(Call call, Template template) throws NodeProblem {
        String id = run.status().id(call.node());
        if (run.status().phase(id).isEmpty()) {
            TemplateRun.begin(run, call, "DAG", node -> {
                Map<String, @Nullable Object> inputs = TemplateRun.inputs(template);
                if (inputs != null) {
                    node.put("inputs", inputs);
                }
            });
        }
        DagState state = new DagState(run.status(), call, template.tasks(), depends(template.tasks()));
        TaskNodes nodes = new TaskNodes(run.status(), id, "tasks.", template.tasks());
        // A run that goes on after a restart has nodes that no task of now began.
        template.tasks().forEach(task -> nodes.put(task.name(), call.node() + "." + task.name()));
        TaskScope scope = new TaskScope(run, call, template, nodes);
        Slots slots = Slots.of(template.tree().get("parallelism"));
        tasks(call, template, state, new TaskRun(run, templates, call, scope, slots, TaskRun.text(template.tree())));
        String phase = state.phase();
        run.status().change(id, node -> node.put("outboundNodes", state.outbound()));
        if (phase.equals(Phase.SUCCEEDED)) {
            run.outputs(id, new MemberOutputs(template, scope).collect());
        }
        return TemplateRun.finished(run, call, "DAG", phase, "");
    }

    private static Map<String, Depends> depends(List<DagTask> tasks) throws NodeProblem {
        Map<String, DagTask> byName = new LinkedHashMap<>();
        tasks.forEach(task -> byName.put(task.name(), task));
        Map<String, Depends> depends = new LinkedHashMap<>();
        try {
            for (DagTask task : tasks) {
                depends.put(task.name(), Depends.of(task, byName::get));
            }
        } catch (ArgoSyntaxException e) {
            throw new NodeProblem(String.valueOf(e.getMessage()));
        }
        return depends;
    }

    private void tasks(Call call, Template template, DagState state, TaskRun tasks) {
        Crew crew = new Crew();
        Set<String> started = new HashSet<>();
        Set<String> busy = ConcurrentHashMap.newKeySet();
        do {
            for (DagTask task : state.ready(started, busy, template.failFast())) {
                started.add(task.name());
                if (HookRun.wanted(task)) {
                    busy.add(task.name());
                }
                String node = call.node() + "." + task.name();
                crew.start(node, () -> {
                    try {
                        task(call, task, state, tasks);
                    } finally {
                        busy.remove(task.name());
                    }
                });
            }
        } while (crew.awaitOne());
    }

    private void task(Call dag, DagTask task, DagState state, TaskRun tasks) {
        String node = dag.node() + "." + task.name();
        List<String> parents = state.parents(task);
        if (state.holds(task)) {
            tasks.execute(task, node, parents, true);
            return;
        }
        Call call = dag.member(
                node,
                Caller.of(task),
                new Arguments(Map.of(), Map.of()),
                run.status().id(dag.node()),
                parents,
                false);
        TemplateRun.finished(run, call, "Skipped", Phase.OMITTED, "omitted: depends condition not met");
    }
}
