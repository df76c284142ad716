package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.Artifact;
import dev.plumbline.registry.argo.DagTask;
import dev.plumbline.registry.argo.Parameter;
import dev.plumbline.registry.argo.Tags;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.json.Tree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The names that tags in a dag may use: what became of its tasks, its own inputs' artifacts, and the Workflow's. An output of a
 * Skipped or Omitted task is its declared default, else absent (Argo 4.0.7 and later).
 */
final class TaskScope {

    private static final String PREFIX = "tasks.";
    private static final String PARAMETERS = "outputs.parameters.";
    private static final String ARTIFACTS = "outputs.artifacts.";

    private final RunParts run;
    private final Call dag;
    private final Template template;

    /**
     * The scope inside a dag.
     *
     * @param template the dag's template with its inputs filled in
     */
    TaskScope(RunParts run, Call dag, Template template) {
        this.run = run;
        this.dag = dag;
        this.template = template;
    }

    /**
     * A text with its tags replaced.
     *
     * @throws NodeProblem when a tag names something of a task that is absent
     */
    String text(String text) throws NodeProblem {
        String replaced = Tags.replace(text, this::get);
        for (Tags.Tag tag : Tags.find(replaced)) {
            if (tag.body().startsWith(PREFIX)) {
                throw new NodeProblem("failed to resolve {{" + tag.body() + "}}");
            }
        }
        return replaced;
    }

    /** What a task passes on, its tags replaced. */
    Arguments arguments(DagTask task) throws NodeProblem {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Parameter parameter : task.parameters()) {
            String value = parameter.effective();
            if (value == null && parameter.valueFrom().get("configMapKeyRef") instanceof Map<?, ?> ref) {
                value = run.configMaps().value(Tree.cast(ref));
            }
            String whole = value == null ? null : Tags.whole(value);
            if (value == null || (whole != null && isAbsent(whole))) {
                // The callee's own default applies.
                continue;
            }
            parameters.put(parameter.name(), text(value));
        }
        Map<String, Map<String, @Nullable Object>> artifacts = new LinkedHashMap<>();
        for (Artifact artifact : task.artifacts()) {
            Map<String, @Nullable Object> found = artifact(artifact);
            if (found != null) {
                artifacts.put(artifact.name(), found);
            }
        }
        return new Arguments(parameters, artifacts);
    }

    /** The artifact that a {@code from} names, or that is written out; null when it is absent. */
    @Nullable
    Map<String, @Nullable Object> artifact(Artifact artifact) throws NodeProblem {
        String from = artifact.from();
        if (from == null) {
            return artifact.tree();
        }
        String name = Tags.whole(from);
        if (name == null) {
            throw new NodeProblem("artifact '" + artifact.name() + "': '" + from + "' is not one tag");
        }
        Map<String, @Nullable Object> found = byName(name);
        if (found == null && !artifact.optional() && !isAbsent(name)) {
            throw new NodeProblem("artifact '" + artifact.name() + "': failed to resolve {{" + name + "}}");
        }
        return found;
    }

    private @Nullable Map<String, @Nullable Object> byName(String name) {
        if (name.startsWith("workflow." + ARTIFACTS)) {
            return run.globals().artifact(name.substring(("workflow." + ARTIFACTS).length()));
        }
        if (name.startsWith("inputs.artifacts.")) {
            Map<String, @Nullable Object> input =
                    Tree.named(name.substring("inputs.artifacts.".length()), template.tree(), "inputs", "artifacts");
            return input == null || (!input.containsKey("s3") && !input.containsKey("raw")) ? null : input;
        }
        String[] parts = parts(name);
        return parts[1].startsWith(ARTIFACTS)
                ? Tree.named(parts[1].substring(ARTIFACTS.length()), node(parts[0]), "outputs", "artifacts")
                : null;
    }

    private @Nullable String get(String name) {
        if (!name.startsWith(PREFIX)) {
            return run.globals().get(name);
        }
        String[] parts = parts(name);
        Map<String, @Nullable Object> node = node(parts[0]);
        if (node == null) {
            return null;
        }
        return switch (parts[1]) {
            case "id", "startedAt", "finishedAt" -> Tree.string(node, parts[1]);
            case "status" -> Tree.string(node, "phase");
            case "exitCode" -> Tree.string(node, "outputs", "exitCode");
            default -> parts[1].startsWith(PARAMETERS) ? output(parts[0], parts[1], node) : null;
        };
    }

    private @Nullable String output(String task, String rest, Map<String, @Nullable Object> node) {
        String name = rest.substring(PARAMETERS.length());
        Map<String, @Nullable Object> parameter = Tree.named(name, node, "outputs", "parameters");
        if (parameter != null) {
            return Tree.string(parameter, "value");
        }
        return notRun(Tree.text(node, "phase")) ? declaredDefault(task, name) : null;
    }

    private @Nullable String declaredDefault(String task, String output) {
        return template.tasks().stream()
                .filter(candidate -> candidate.name().equals(task))
                .map(candidate -> run.definition()
                        .template(Caller.of(candidate), dag.caller().scopeOfCallee(dag.scope())))
                .filter(Objects::nonNull)
                .flatMap(callee -> callee.outputParameters().stream())
                .filter(parameter -> parameter.name().equals(output))
                .map(Parameter::valueFromDefault)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Whether a name is an output of a task that was not run, without a default. */
    boolean isAbsent(String name) {
        if (!name.startsWith(PREFIX)) {
            return false;
        }
        String[] parts = parts(name);
        boolean output = parts[1].startsWith(PARAMETERS) || parts[1].startsWith(ARTIFACTS);
        return output && notRun(Tree.text(node(parts[0]), "phase")) && get(name) == null;
    }

    private static boolean notRun(String phase) {
        return phase.equals(Phase.SKIPPED) || phase.equals(Phase.OMITTED);
    }

    private @Nullable Map<String, @Nullable Object> node(String task) {
        return run.status().node(run.status().id(dag.node() + "." + task));
    }

    private static String[] parts(String name) {
        String rest = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : "";
        int dot = rest.indexOf('.');
        return dot < 0 ? new String[] {rest, ""} : new String[] {rest.substring(0, dot), rest.substring(dot + 1)};
    }
}
