package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.json.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Executes a template as a node, or goes on with a node that a run before a restart began. */
final class TemplateRun {

    /** Deepest nesting of templates, as in Argo. */
    static final int MAX_DEPTH = 100;

    /** What Argo says of a step that ended, or was not begun, because its run is stopped. */
    static final String STOPPED = "workflow shutdown with strategy:  ";

    private final RunParts run;

    TemplateRun(RunParts run) {
        this.run = run;
    }

    /** Executes it and returns the phase in which the node ended. */
    String execute(Call call) {
        run.signal().check();
        String id = run.status().id(call.node());
        String phase = run.status().phase(id);
        if (Phase.fulfilled(phase)) {
            return phase;
        }
        Template template = run.definition().template(call.caller(), call.scope());
        if (template == null) {
            return fail(call, "Pod", call.caller().display() + " not found");
        }
        if (call.depth() > MAX_DEPTH) {
            return fail(call, type(template), "templates are nested deeper than " + MAX_DEPTH);
        }
        try {
            Template filled = TemplateInputs.fill(template, call.arguments(), locals(call, template), run.configMaps());
            List<String> locks = call.attempt() ? List.of() : Synchronization.take(run, filled.tree(), id, call.exit());
            if (locks == null) {
                String strategy = String.valueOf(run.signal().shutdown(call.exit()));
                return finished(run, call, type(filled), Phase.FAILED, WorkflowRun.stopped(strategy));
            }
            try {
                return call.attempt() ? execute(call, filled) : remembered(call, filled);
            } finally {
                run.doors().locks().giveBack(locks);
            }
        } catch (NodeProblem e) {
            return fail(call, type(template), e.text());
        }
    }

    /** Executes it unless its outputs are remembered. */
    private String remembered(Call call, Template filled) throws NodeProblem {
        Memoization memory = Memoization.of(run, filled);
        if (memory == null) {
            return execute(call, filled);
        }
        String id = run.status().id(call.node());
        Map<String, @Nullable Object> known = run.status().phase(id).isEmpty() ? memory.outputs() : null;
        if (known != null) {
            begin(run, call, type(filled), node -> {
                Map<String, @Nullable Object> inputs = inputs(filled);
                if (inputs != null) {
                    node.put("inputs", inputs);
                }
                node.put("memoizationStatus", memory.status(true));
            });
            run.outputs(id, known);
            return finished(run, call, type(filled), Phase.SUCCEEDED, "");
        }
        String phase = execute(call, filled);
        run.status().change(id, node -> node.put("memoizationStatus", memory.status(false)));
        if (phase.equals(Phase.SUCCEEDED)) {
            memory.keep(id);
        }
        run.status().flush();
        return phase;
    }

    private String execute(Call call, Template filled) throws NodeProblem {
        if (!call.attempt() && !filled.retryStrategy().isEmpty()) {
            return new RetryRun(run, this).run(call, filled);
        }
        return switch (filled.type()) {
            case "dag" -> new DagRun(run, this).run(call, filled);
            case "steps" -> new StepsRun(run, this, call, filled).run();
            case "suspend" -> new SuspendRun(run, call, filled).run();
            default -> pod(call, filled);
        };
    }

    private String pod(Call call, Template template) throws NodeProblem {
        run.slots().take(run.signal());
        try {
            String strategy = run.signal().shutdown(call.exit());
            if (strategy != null
                    && run.status().phase(run.status().id(call.node())).isEmpty()) {
                return finished(run, call, "Pod", Phase.FAILED, STOPPED + strategy);
            }
            return template.type().equals("resource")
                    ? new ResourceRun(run, call, template).run()
                    : new StepRun(run).run(call, template);
        } finally {
            run.slots().giveBack();
        }
    }

    /** Makes the node Error, made first where there is none. */
    String fail(Call call, String type, String message) {
        return finished(run, call, type, Phase.ERROR, message);
    }

    /** A node that ends as it begins: not executed, or not executable. */
    static String finished(RunParts run, Call call, String type, String phase, String message) {
        String id = run.status().id(call.node());
        if (run.status().phase(id).isEmpty()) {
            begin(run, call, type, _ -> {});
        }
        run.status().end(id, phase, message);
        run.status().flush();
        run.tell(phase, id, message);
        return phase;
    }

    /** Makes a node Running, in Argo's shape, and hangs it below its parents. Not yet written. */
    static void begin(RunParts run, Call call, String type, Consumer<Map<String, @Nullable Object>> more) {
        RunStatus status = run.status();
        String id = status.id(call.node());
        status.change(id, node -> {
            node.put("id", id);
            node.put("name", call.node());
            node.put("displayName", display(run, call));
            node.put("type", type);
            if (call.caller().refTree() != null) {
                node.put("templateRef", call.caller().refTree());
            } else if (call.caller().template() != null) {
                node.put("templateName", call.caller().template());
            }
            node.put("templateScope", call.scope());
            node.put("phase", Phase.RUNNING);
            if (!call.boundary().isEmpty()) {
                node.put("boundaryID", call.boundary());
            }
            if (call.attempt()) {
                node.put("nodeFlag", new LinkedHashMap<>(Map.of("retried", true)));
            }
            if (call.hooked()) {
                node.put("nodeFlag", new LinkedHashMap<>(Map.of("hooked", true)));
            }
            node.put("startedAt", status.now());
            more.accept(node);
        });
        call.parents().forEach(parent -> status.link(parent, id));
    }

    /** The inputs of a filled template as a node holds them; null when it has none. */
    static @Nullable Map<String, @Nullable Object> inputs(Template filled) {
        Map<String, @Nullable Object> inputs = Tree.map(filled.tree(), "inputs");
        return inputs.isEmpty() ? null : Tree.copy(inputs);
    }

    /** What is left of a node's name without that of the dag or steps around it, and without the group of a step. */
    private static String display(RunParts run, Call call) {
        String boundary = Tree.text(run.status().node(call.boundary()), "name");
        String node = call.node();
        if (boundary.isEmpty() || !node.startsWith(boundary)) {
            return node;
        }
        String rest = node.substring(boundary.length());
        int group = rest.startsWith("[") ? rest.indexOf("].") : -1;
        if (group >= 0) {
            return rest.substring(group + 2);
        }
        return rest.startsWith(".") ? rest.substring(1) : rest;
    }

    private static String type(Template template) {
        return switch (template.type()) {
            case "dag" -> "DAG";
            case "steps" -> "Steps";
            case "suspend" -> "Suspend";
            default -> "Pod";
        };
    }

    private Map<String, @Nullable Object> locals(Call call, Template template) {
        Map<String, @Nullable Object> names = run.globals().all();
        names.putAll(call.locals());
        names.put("node.name", call.node());
        if (type(template).equals("Pod")) {
            names.put("pod.name", Pods.name(run, call, template));
        }
        return names;
    }

    /** The volumes of the spec that executes. */
    static List<Map<String, @Nullable Object>> volumes(RunParts run) {
        return run.definition().spec().volumes();
    }
}
