package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.DagTask;
import dev.plumbline.registry.argo.Parameter;
import dev.plumbline.registry.argo.WorkflowSpec;
import dev.plumbline.registry.argo.expr.DottedNames;
import dev.plumbline.registry.argo.expr.ExpressionException;
import dev.plumbline.registry.argo.expr.Formula;
import dev.plumbline.registry.json.Tree;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The lifecycle hooks of a task, a step or a Workflow: templates that run beside a node once their expression holds, and one that
 * runs after it. What becomes of them changes nothing of the node.
 */
final class HookRun {

    /** Name of the hook that runs when the node has ended. */
    private static final String EXIT = "exit";

    private static final Duration LOOK = Duration.ofMillis(10);

    private final RunParts run;
    private final TemplateRun templates;
    private final Map<String, DagTask> hooks;
    private final Place place;

    /** Expressions that were read, by their text. Used by one thread at a time. */
    private final Map<String, Formula> read = new HashMap<>();

    /**
     * Where hooks are.
     *
     * @param call the node that they belong to
     * @param scope names there; null for the Workflow itself
     */
    record Place(Call call, @Nullable TaskScope scope) {}

    private HookRun(RunParts run, TemplateRun templates, Map<String, DagTask> hooks, Place place) {
        this.run = run;
        this.templates = templates;
        this.hooks = hooks;
        this.place = place;
    }

    /** Whether a task or step has hooks. */
    static boolean wanted(DagTask task) {
        return !Tree.map(task.tree(), "hooks").isEmpty()
                || !Tree.text(task.tree(), "onExit").isEmpty();
    }

    /** The hooks of a task or step; its {@code onExit} is an exit hook with the arguments of the Workflow. */
    static HookRun of(RunParts run, TemplateRun templates, DagTask task, Place place) {
        return of(run, templates, task.tree(), place);
    }

    /** The hooks that a spec, a task or a step names. */
    static HookRun of(RunParts run, TemplateRun templates, Map<String, @Nullable Object> owner, Place place) {
        Map<String, DagTask> hooks = new LinkedHashMap<>();
        Tree.map(owner, "hooks").forEach((name, hook) -> hooks.put(name, new DagTask(Tree.map(hook))));
        String onExit = Tree.text(owner, "onExit");
        if (!onExit.isEmpty()) {
            Map<String, @Nullable Object> exit = new LinkedHashMap<>();
            exit.put("template", onExit);
            exit.put("arguments", run.definition().spec().tree().get("arguments"));
            hooks.put(EXIT, new DagTask(exit));
        }
        return new HookRun(run, templates, hooks, place);
    }

    /** What names the exit handler: {@code onExit}, or the hook of that name; null when there is none. */
    static @Nullable Caller exitOf(WorkflowSpec spec) {
        String onExit = spec.onExit();
        if (onExit != null && !onExit.isEmpty()) {
            return Caller.of(onExit);
        }
        Map<String, @Nullable Object> hook = Tree.map(spec.tree(), "hooks", EXIT);
        return hook.isEmpty() ? null : Caller.of(new DagTask(hook));
    }

    /** What the exit handler gets: the Workflow's arguments, or those of the hook. */
    static Arguments exitArguments(WorkflowSpec spec, Arguments own) {
        String onExit = spec.onExit();
        boolean hook = onExit == null || onExit.isEmpty();
        return hook ? arguments(new DagTask(Tree.map(spec.tree(), "hooks", EXIT))) : own;
    }

    /** The arguments of a hook of the Workflow, whose tags its template replaces. */
    private static Arguments arguments(DagTask hook) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Parameter parameter : hook.parameters()) {
            String value = parameter.effective();
            if (value != null) {
                parameters.put(parameter.name(), value);
            }
        }
        Map<String, Map<String, @Nullable Object>> artifacts = new LinkedHashMap<>();
        hook.artifacts().forEach(artifact -> artifacts.put(artifact.name(), artifact.tree()));
        return new Arguments(parameters, artifacts);
    }

    /** Does the work of the node, with the hooks beside it whose expressions hold meanwhile, or when it has ended. */
    void beside(Runnable work) {
        Map<String, DagTask> waiting = new LinkedHashMap<>(hooks);
        waiting.remove(EXIT);
        if (waiting.isEmpty()) {
            work.run();
            return;
        }
        CountDownLatch ended = new CountDownLatch(1);
        Crew crew = new Crew();
        crew.start(place.call().node(), () -> {
            try {
                work.run();
            } finally {
                ended.countDown();
            }
        });
        crew.start(place.call().node() + ".hooks", () -> watch(waiting, ended));
        boolean more = true;
        while (more) {
            more = crew.awaitOne();
        }
    }

    private void watch(Map<String, DagTask> waiting, CountDownLatch ended) {
        Crew started = new Crew();
        String problem = null;
        boolean last = false;
        while (!waiting.isEmpty() && !last) {
            last = await(ended);
            if (run.status().phase(id()).isEmpty()) {
                continue;
            }
            for (Map.Entry<String, DagTask> hook : List.copyOf(waiting.entrySet())) {
                try {
                    if (holds(hook.getKey(), hook.getValue())) {
                        waiting.remove(hook.getKey());
                        String node = place.call().node() + ".hooks." + hook.getKey();
                        started.start(node, () -> execute(hook.getValue(), node, false));
                    }
                } catch (ExpressionException e) {
                    waiting.remove(hook.getKey());
                    problem = problem == null ? String.valueOf(e.getMessage()) : problem;
                }
            }
        }
        boolean more = true;
        while (more) {
            more = started.awaitOne();
        }
        if (problem != null) {
            while (!last) { // The node's own work says how it ended before this does.
                last = await(ended);
            }
            templates.fail(place.call(), "Skipped", problem);
        }
    }

    private boolean await(CountDownLatch ended) {
        run.signal().check();
        try {
            return ended.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunEnded("interrupted");
        }
    }

    /** Whether a hook begins now; one that a run before a restart began does. */
    private boolean holds(String name, DagTask hook) throws ExpressionException {
        boolean begun = !run.status()
                .phase(run.status().id(place.call().node() + ".hooks." + name))
                .isEmpty();
        return begun || holds(hook);
    }

    private boolean holds(DagTask hook) throws ExpressionException {
        TaskScope scope = place.scope();
        String expression = Tree.text(hook.tree(), "expression");
        Formula formula = read.get(expression);
        if (formula == null) {
            formula = Formula.parse(expression);
            read.put(expression, formula);
        }
        return formula.holds(DottedNames.of(scope == null ? ofWorkflow() : scope.names(false)));
    }

    /** What hooks of the Workflow know: before its end its status too, which its templates do not. */
    private Map<String, @Nullable Object> ofWorkflow() {
        Map<String, @Nullable Object> names = new LinkedHashMap<>(run.globals().all());
        names.putIfAbsent("workflow.status", Phase.RUNNING);
        return names;
    }

    /** Runs what comes after the node has ended, if there is such a hook and it has one to run for. */
    void exit() {
        DagTask hook = hooks.get(EXIT);
        String phase = run.status().phase(id());
        boolean completed = phase.equals(Phase.SUCCEEDED) || Phase.bad(phase);
        if (hook == null || !completed) {
            return;
        }
        try {
            if (Tree.text(hook.tree(), "expression").isEmpty() || holds(hook)) {
                execute(hook, place.call().node() + ".onExit", true);
            }
        } catch (ExpressionException e) {
            templates.fail(place.call(), "Skipped", String.valueOf(e.getMessage()));
        }
    }

    private void execute(DagTask hook, String node, boolean exit) {
        Call call = place.call().hook(node, Caller.of(hook), new Arguments(Map.of(), Map.of()), id(), exit);
        try {
            TaskScope scope = place.scope();
            Arguments arguments = scope == null ? arguments(hook) : scope.arguments(hook);
            templates.execute(place.call().hook(node, Caller.of(hook), arguments, id(), exit));
        } catch (NodeProblem e) {
            templates.fail(call, "Skipped", e.text());
        }
    }

    private String id() {
        return run.status().id(place.call().node());
    }
}
