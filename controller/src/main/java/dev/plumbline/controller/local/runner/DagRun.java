package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.ArgoSyntaxException;
import dev.plumbline.registry.argo.Artifact;
import dev.plumbline.registry.argo.DagTask;
import dev.plumbline.registry.argo.Depends;
import dev.plumbline.registry.argo.Parameter;
import dev.plumbline.registry.argo.Tags;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.argo.When;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
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
        tasks(call, template, state);
        String phase = state.phase();
        run.status().change(id, node -> node.put("outboundNodes", state.outbound()));
        if (phase.equals(Phase.SUCCEEDED)) {
            run.outputs(id, outputs(template, new TaskScope(run, call, template)));
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

    private void tasks(Call call, Template template, DagState state) {
        BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
        Set<String> started = new HashSet<>();
        RuntimeException trouble = null;
        int running = 0;
        while (true) {
            if (trouble == null) {
                for (DagTask task : state.ready(started, template.failFast())) {
                    started.add(task.name());
                    running++;
                    Thread.ofVirtual().name(call.node() + "." + task.name()).start(() -> {
                        try {
                            task(call, template, task, state);
                            ended.add(new Ended(null));
                        } catch (RuntimeException e) {
                            ended.add(new Ended(e));
                        }
                    });
                }
            }
            if (running == 0) {
                break;
            }
            Ended one = take(ended);
            running--;
            trouble = trouble == null ? one.trouble() : trouble;
        }
        if (trouble != null) {
            throw trouble;
        }
    }

    /**
     * A task's thread ended.
     *
     * @param trouble what ended it; null when its node has ended
     */
    private record Ended(@Nullable RuntimeException trouble) {}

    private static Ended take(BlockingQueue<Ended> ended) {
        try {
            return ended.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunEnded("interrupted");
        }
    }

    private void task(Call dag, Template template, DagTask task, DagState state) {
        String dagId = run.status().id(dag.node());
        Call call =
                dag.task(task.name(), Caller.of(task), new Arguments(Map.of(), Map.of()), dagId, state.parents(task));
        if (!state.holds(task)) {
            TemplateRun.finished(run, call, "Skipped", Phase.OMITTED, "omitted: depends condition not met");
            return;
        }
        TaskScope scope = new TaskScope(run, dag, template);
        Arguments arguments;
        try {
            String when = task.when();
            if (when != null && run.status().phase(run.status().id(call.node())).isEmpty()) {
                String condition = scope.text(when);
                if (!When.holds(condition)) {
                    TemplateRun.finished(
                            run, call, "Skipped", Phase.SKIPPED, "when '" + condition + "' evaluated false");
                    return;
                }
            }
            arguments = scope.arguments(task);
        } catch (NodeProblem | ArgoSyntaxException e) {
            templates.fail(call, "Pod", String.valueOf(e.getMessage()));
            return;
        }
        templates.execute(dag.task(task.name(), Caller.of(task), arguments, dagId, state.parents(task)));
    }

    private Map<String, @Nullable Object> outputs(Template template, TaskScope scope) throws NodeProblem {
        List<@Nullable Object> parameters = new ArrayList<>();
        for (Parameter parameter : template.outputParameters()) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>(parameter.tree());
            copy.put("value", value(parameter, scope));
            parameters.add(copy);
        }
        List<@Nullable Object> artifacts = new ArrayList<>();
        for (Artifact artifact : template.outputArtifacts()) {
            Map<String, @Nullable Object> from = scope.artifact(artifact);
            if (from != null && artifact.from() != null) {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>(from);
                copy.remove("globalName");
                copy.put("name", artifact.name());
                if (artifact.globalName() != null) {
                    copy.put("globalName", artifact.globalName());
                }
                artifacts.add(copy);
            } else if (!artifact.optional()) {
                throw new NodeProblem("outputs.artifacts." + artifact.name() + " is absent");
            }
        }
        Map<String, @Nullable Object> outputs = new LinkedHashMap<>();
        if (!parameters.isEmpty()) {
            outputs.put("parameters", parameters);
        }
        if (!artifacts.isEmpty()) {
            outputs.put("artifacts", artifacts);
        }
        return outputs;
    }

    private static String value(Parameter parameter, TaskScope scope) throws NodeProblem {
        String from = parameter.fromParameter();
        String text = from == null ? parameter.value() : from;
        if (text == null) {
            throw new NodeProblem(
                    "outputs.parameters." + parameter.name() + " has neither value nor valueFrom.parameter");
        }
        String whole = Tags.whole(text);
        String otherwise = parameter.valueFromDefault();
        return otherwise != null && whole != null && scope.isAbsent(whole) ? otherwise : scope.text(text);
    }
}
