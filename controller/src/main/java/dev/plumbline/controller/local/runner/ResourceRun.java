package dev.plumbline.controller.local.runner;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.argo.ArgoSyntaxException;
import dev.plumbline.registry.argo.JsonPath;
import dev.plumbline.registry.argo.Parameter;
import dev.plumbline.registry.argo.ResourceCondition;
import dev.plumbline.registry.argo.ResourceRequirement;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Executes a resource template against the cluster that the runner works in, as one Pod node: the action, then the wait until a
 * condition holds, then the outputs.
 */
final class ResourceRun {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final String FAILED_COMMAND = "1";

    private final RunParts run;
    private final Call call;
    private final Template template;
    private final String id;

    ResourceRun(RunParts run, Call call, Template template) {
        this.run = run;
        this.call = call;
        this.template = template;
        this.id = run.status().id(call.node());
    }

    /** Executes it and returns the phase in which the node ended; one that a stopped runner left becomes Error. */
    String run() throws NodeProblem {
        if (!run.status().phase(id).isEmpty()) {
            return TemplateRun.finished(
                    run, call, "Pod", Phase.ERROR, "the runner was stopped while this step changed the cluster");
        }
        TemplateRun.begin(run, call, "Pod", node -> {
            Map<String, @Nullable Object> inputs = TemplateRun.inputs(template);
            if (inputs != null) {
                node.put("inputs", inputs);
            }
        });
        Duration limit = StepLimit.of(run, call, template);
        if (limit.isNegative() || limit.isZero()) {
            return TemplateRun.finished(run, call, "Pod", Phase.FAILED, StepLimit.message(run, call));
        }
        run.status().flush();
        run.tell(Phase.RUNNING, id, "");
        long end = System.nanoTime() + limit.toNanos();
        try {
            ResourceStep step = ResourceStep.of(run, template);
            Map<String, @Nullable Object> object = step.act();
            log(step.said());
            String failure = object == null ? null : await(step, object, end);
            String strategy = run.signal().shutdown(call.exit());
            if (strategy != null) {
                return TemplateRun.finished(run, call, "Pod", Phase.FAILED, TemplateRun.STOPPED + strategy);
            }
            if (System.nanoTime() >= end) {
                // Its pod is ended, whatever it was about to say.
                return TemplateRun.finished(run, call, "Pod", Phase.FAILED, StepLimit.message(run, call));
            }
            return failure == null ? succeeded(step) : failed(failure);
        } catch (ClusterException e) {
            log(String.valueOf(e.getMessage()));
            return failed(e.getMessage());
        }
    }

    /** Waits until a condition holds; null when it is the one of success. */
    private @Nullable String await(ResourceStep step, Map<String, @Nullable Object> first, long end)
            throws NodeProblem, ClusterException {
        List<ResourceRequirement> success = condition("successCondition");
        List<ResourceRequirement> failure = condition("failureCondition");
        Map<String, @Nullable Object> object = first;
        while ((!success.isEmpty() || !failure.isEmpty())
                && System.nanoTime() < end
                && run.signal().shutdown(call.exit()) == null) {
            Map<String, @Nullable Object> now = object;
            if (!failure.isEmpty() && failure.stream().allMatch(one -> one.holds(now))) {
                return "failure condition '" + text("failureCondition") + "' evaluated true";
            }
            if (success.stream().allMatch(one -> one.holds(now))) {
                return null;
            }
            run.signal().pause(POLL);
            object = step.read();
        }
        return null;
    }

    private String succeeded(ResourceStep step) throws NodeProblem, ClusterException {
        Map<String, @Nullable Object> outputs = new LinkedHashMap<>();
        List<@Nullable Object> parameters = new ArrayList<>();
        Map<String, @Nullable Object> object = template.outputParameters().isEmpty() ? Map.of() : step.read();
        for (Parameter parameter : template.outputParameters()) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>(parameter.tree());
            copy.put("value", value(parameter, object));
            parameters.add(copy);
        }
        if (!parameters.isEmpty()) {
            outputs.put("parameters", parameters);
        }
        outputs.put("exitCode", "0");
        run.outputs(id, outputs);
        return TemplateRun.finished(run, call, "Pod", Phase.SUCCEEDED, "");
    }

    private String failed(@Nullable String why) {
        run.outputs(id, new LinkedHashMap<>(Map.of("exitCode", FAILED_COMMAND)));
        return TemplateRun.finished(
                run, call, "Pod", Phase.FAILED, "main: Error (exit code " + FAILED_COMMAND + "): " + why);
    }

    private static String value(Parameter parameter, Map<String, @Nullable Object> object) throws NodeProblem {
        String jsonPath = Tree.string(parameter.tree(), "valueFrom", "jsonPath");
        if (jsonPath == null) {
            String value = parameter.value();
            if (value == null) {
                throw new NodeProblem("output parameter '" + parameter.name() + "' has neither value nor jsonPath");
            }
            return value;
        }
        try {
            return JsonPath.parse(jsonPath).of(object);
        } catch (ArgoSyntaxException e) {
            throw new NodeProblem("output parameter '" + parameter.name() + "': " + e.getMessage());
        }
    }

    private List<ResourceRequirement> condition(String field) throws NodeProblem {
        try {
            return ResourceCondition.parse(text(field));
        } catch (ArgoSyntaxException e) {
            throw new NodeProblem(field + " '" + text(field) + "': " + e.getMessage());
        }
    }

    private String text(String field) {
        return Tree.text(template.resource(), field);
    }

    private void log(String line) throws NodeProblem {
        try {
            Files.writeString(
                    run.folder().log(run.status().uid(), id),
                    line + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new NodeProblem("tried to write the log of " + call.node() + ", failed because " + e);
        }
    }
}
