package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.Artifact;
import dev.plumbline.registry.argo.DagTask;
import dev.plumbline.registry.argo.Parameter;
import dev.plumbline.registry.argo.Tags;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.argo.expr.DottedNames;
import dev.plumbline.registry.argo.expr.ExpressionException;
import dev.plumbline.registry.argo.expr.Formula;
import dev.plumbline.registry.json.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The names that tags in a dag or steps template may use: what became of its members, its own inputs' artifacts, and the Workflow's.
 * An output of a Skipped or Omitted member is its declared default, else absent (Argo 4.0.7 and later).
 */
final class TaskScope {

    private static final String PARAMETERS = "outputs.parameters.";
    private static final String ARTIFACTS = "outputs.artifacts.";

    private final RunParts run;
    private final Call around;
    private final Template template;
    private final TaskNodes nodes;

    /**
     * The scope inside a dag or steps template.
     *
     * @param template the template with its inputs filled in
     * @param nodes the nodes of its members
     */
    TaskScope(RunParts run, Call around, Template template, TaskNodes nodes) {
        this.run = run;
        this.around = around;
        this.template = template;
        this.nodes = nodes;
    }

    /** Expressions with what is known now. */
    private ExpressionTags expressions() {
        return new ExpressionTags(() -> names(false), TaskScope::mustBeKnown);
    }

    /** Whether a name that is missing is an error rather than one for a later place. */
    private static boolean mustBeKnown(String name) {
        return name.startsWith("tasks.") || name.startsWith("steps.");
    }

    /** The values of all names; null for an output that is absent. */
    Map<String, @Nullable Object> names(boolean artifacts) {
        return new ScopeNames(run, around, template, nodes, this).all(artifacts);
    }

    /** A task's tree with the names of one round of its loop put in. */
    Map<String, @Nullable Object> round(DagTask task, Map<String, String> item) throws NodeProblem {
        ExpressionTags tags = new ExpressionTags(
                () -> {
                    Map<String, @Nullable Object> names = names(false);
                    names.putAll(item);
                    return names;
                },
                _ -> true);
        return TextTree.replaced(task.tree(), tags, item::get);
    }

    /**
     * The value of an expression, artifacts being maps; null for nil.
     *
     * @throws NodeProblem when it has none
     */
    @Nullable
    Object value(String expression) throws NodeProblem {
        try {
            return Formula.parse(expression).value(DottedNames.of(names(true)));
        } catch (ExpressionException e) {
            throw new NodeProblem("failed to evaluate expression: " + e.getMessage());
        }
    }

    /** The scope of a hook of a member, which knows that member's own node too. */
    TaskScope with(String member, String nodeName) {
        return new TaskScope(run, around, template, nodes.with(member, nodeName));
    }

    String prefix() {
        return nodes.prefix();
    }

    /**
     * A text with its tags replaced.
     *
     * @throws NodeProblem when a tag names something of a task that is absent
     */
    String text(String written) throws NodeProblem {
        return text(written, expressions());
    }

    private String text(String written, ExpressionTags expressions) throws NodeProblem {
        String text = expressions.replace(written);
        String replaced = Tags.replace(text, this::get);
        for (Tags.Tag tag : Tags.find(replaced)) {
            if (tag.body().startsWith(prefix())) {
                throw new NodeProblem(
                        isAbsent(tag.body())
                                ? "unable to substitute {{" + tag.body() + "}}: output is an absent optional"
                                        + " (skipped/omitted node with no default)"
                                : "failed to resolve {{" + tag.body() + "}}");
            }
        }
        return replaced;
    }

    /** A tree with the tags in its texts replaced. */
    @Nullable
    Object tree(@Nullable Object tree) throws NodeProblem {
        ExpressionTags expressions = expressions();
        return TextTree.changed(tree, text -> text(text, expressions));
    }

    /** A task whose inline template, if it has one, has the tags replaced that are known around it. */
    DagTask inlined(DagTask task) throws NodeProblem {
        Object inline = task.tree().get("inline");
        if (inline == null) {
            return task;
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>(task.tree());
        tree.put("inline", tree(inline));
        return new DagTask(tree);
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
        String expression = Tree.string(artifact.tree(), "fromExpression");
        if (expression != null) {
            return evaluated(artifact, expression);
        }
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

    private @Nullable Map<String, @Nullable Object> evaluated(Artifact artifact, String expression) throws NodeProblem {
        if (value(expression) instanceof Map<?, ?> found) {
            return Tree.cast(found);
        }
        if (artifact.optional()) {
            return null;
        }
        throw new NodeProblem("artifact '" + artifact.name() + "': the expression '" + expression + "' is no artifact");
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
                ? Tree.named(parts[1].substring(ARTIFACTS.length()), nodes.node(parts[0]), "outputs", "artifacts")
                : null;
    }

    /** The value of a name; null when it is not known here. */
    @Nullable
    String get(String name) {
        if (!name.startsWith(prefix())) {
            return run.globals().get(name);
        }
        String[] parts = parts(name);
        List<Map<String, @Nullable Object>> rounds = nodes.rounds(parts[0]);
        if (!rounds.isEmpty() && parts[1].startsWith("outputs.")) {
            return LoopOutputs.get(rounds, parts[1]);
        }
        Map<String, @Nullable Object> node = nodes.node(parts[0]);
        if (node == null) {
            return null;
        }
        return switch (parts[1]) {
            case "id", "startedAt", "finishedAt" -> Tree.string(node, parts[1]);
            case "status" -> Tree.string(node, "phase");
            case "exitCode" -> Tree.string(node, "outputs", "exitCode");
            case "outputs.result" -> Tree.string(node, "outputs", "result");
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
        return declared(task).stream()
                .filter(parameter -> parameter.name().equals(output))
                .map(Parameter::valueFromDefault)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** The output parameters that the template of a member declares. */
    List<Parameter> declared(String task) {
        DagTask member = nodes.member(task);
        Template callee = member == null
                ? null
                : run.definition().template(Caller.of(member), around.caller().scopeOfCallee(around.scope()));
        return callee == null ? List.of() : callee.outputParameters();
    }

    /** Whether a name is an output of a task that was not run, without a default. */
    boolean isAbsent(String name) {
        if (!name.startsWith(prefix())) {
            return false;
        }
        String[] parts = parts(name);
        boolean output = parts[1].startsWith("outputs.");
        return output && notRun(Tree.text(nodes.node(parts[0]), "phase")) && get(name) == null;
    }

    static boolean notRun(String phase) {
        return phase.equals(Phase.SKIPPED) || phase.equals(Phase.OMITTED);
    }

    private String[] parts(String name) {
        String rest = name.startsWith(prefix()) ? name.substring(prefix().length()) : "";
        int dot = rest.indexOf('.');
        return dot < 0 ? new String[] {rest, ""} : new String[] {rest.substring(0, dot), rest.substring(dot + 1)};
    }
}
