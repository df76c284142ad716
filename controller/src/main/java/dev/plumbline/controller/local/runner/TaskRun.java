package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.ArgoSyntaxException;
import dev.plumbline.registry.argo.DagTask;
import dev.plumbline.registry.argo.Loop;
import dev.plumbline.registry.argo.When;
import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Executes a task of a dag, or a step of a steps template: its loop, its condition, its arguments, its template. */
final class TaskRun {

    private final RunParts run;
    private final TemplateRun templates;
    private final Call around;
    private final TaskScope scope;
    private final Slots slots;
    private final String tree;

    /**
     * For the members of one template.
     *
     * @param around the dag or steps around them
     * @param tree the template around them as JSON, in which their results may be named
     */
    TaskRun(RunParts run, TemplateRun templates, Call around, TaskScope scope, Slots slots, String tree) {
        this.run = run;
        this.templates = templates;
        this.around = around;
        this.scope = scope;
        this.slots = slots;
        this.tree = tree;
    }

    /**
     * Executes one that may begin.
     *
     * @param node name of its node; that of a loop's rounds begins with it
     * @param parents ids of the nodes that it comes after
     * @param group whether a loop has a node of its own around its rounds
     */
    void execute(DagTask task, String node, List<String> parents, boolean group) {
        if (!Loop.present(task.tree())) {
            single(task, node, parents);
            return;
        }
        Call call = call(task, node, new Arguments(Map.of(), Map.of()), parents);
        List<Loop.Round> rounds;
        try {
            rounds = Loop.rounds(loop(task));
        } catch (NodeProblem | ArgoSyntaxException e) {
            templates.fail(call, "Skipped", String.valueOf(e.getMessage()));
            return;
        }
        if (rounds.isEmpty()) {
            TemplateRun.finished(run, call, "Skipped", Phase.SKIPPED, "Skipped, empty params");
            return;
        }
        String id = run.status().id(node);
        if (group && run.status().phase(id).isEmpty()) {
            TemplateRun.begin(run, call, "TaskGroup", _ -> {});
        }
        List<String> after = group ? List.of(id) : parents;
        List<Runnable> jobs = new ArrayList<>();
        for (Loop.Round round : rounds) {
            jobs.add(() -> round(task, round, node + round.suffix(), after));
        }
        Crew.all(node, jobs);
        if (group) {
            TemplateRun.finished(run, call, "TaskGroup", worst(node, rounds), "");
        }
    }

    private void round(DagTask task, Loop.Round round, String node, List<String> after) {
        DagTask one;
        try {
            one = new DagTask(scope.round(task, round.names()));
        } catch (NodeProblem e) {
            templates.fail(call(task, node, new Arguments(Map.of(), Map.of()), after), "Skipped", e.text());
            return;
        }
        single(one, node, after);
    }

    /** The tags of what says how often a loop runs, replaced. */
    private Map<String, @Nullable Object> loop(DagTask task) throws NodeProblem {
        Map<String, @Nullable Object> loop = new LinkedHashMap<>();
        for (String field : List.of("withItems", "withParam", "withSequence")) {
            if (task.tree().containsKey(field)) {
                loop.put(field, scope.tree(task.tree().get(field)));
            }
        }
        return loop;
    }

    private String worst(String node, List<Loop.Round> rounds) {
        String worst = Phase.SUCCEEDED;
        for (Loop.Round round : rounds) {
            String phase = run.status().phase(run.status().id(node + round.suffix()));
            worst = Phase.bad(phase) ? phase : worst;
        }
        return worst;
    }

    private void single(DagTask task, String node, List<String> parents) {
        Arguments arguments;
        DagTask called;
        Call nothing = call(task, node, new Arguments(Map.of(), Map.of()), parents);
        try {
            String when = task.when();
            if (when != null && run.status().phase(run.status().id(node)).isEmpty()) {
                String condition = scope.text(when);
                if (!When.holds(condition)) {
                    TemplateRun.finished(
                            run, nothing, "Skipped", Phase.SKIPPED, "when '" + condition + "' evaluated false");
                    return;
                }
            }
            arguments = scope.arguments(task);
            called = scope.inlined(task);
        } catch (NodeProblem | ArgoSyntaxException e) {
            // One that ended so before a restart is as it was.
            if (!Phase.fulfilled(run.status().phase(run.status().id(node)))) {
                templates.fail(nothing, "Skipped", String.valueOf(e.getMessage()));
            }
            return;
        }
        Call call = call(called, node, arguments, parents);
        HookRun hooks = HookRun.of(run, templates, task, new HookRun.Place(call, scope.with(task.name(), node)));
        hooks.beside(() -> {
            slots.take(run.signal());
            try {
                templates.execute(call);
            } finally {
                slots.giveBack();
            }
        });
        hooks.exit();
    }

    private Call call(DagTask task, String node, Arguments arguments, List<String> parents) {
        boolean result = tree.contains(scope.prefix() + task.name() + ".outputs.result");
        return around.member(node, Caller.of(task), arguments, run.status().id(around.node()), parents, result);
    }

    /** What a dag or steps template says of its members, as text. */
    static String text(Map<String, @Nullable Object> template) {
        return dev.plumbline.registry.json.Json.write(Tree.copy(template));
    }
}
