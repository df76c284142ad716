package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.Artifact;
import dev.plumbline.registry.argo.Parameter;
import dev.plumbline.registry.argo.Tags;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.argo.expr.ExpressionException;
import dev.plumbline.registry.argo.expr.Formula;
import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The outputs of a dag or steps template, from those of its members. */
final class MemberOutputs {

    private final Template template;
    private final TaskScope scope;

    MemberOutputs(Template template, TaskScope scope) {
        this.template = template;
        this.scope = scope;
    }

    /**
     * The node's {@code outputs}.
     *
     * @throws NodeProblem when something that is declared is absent
     */
    Map<String, @Nullable Object> collect() throws NodeProblem {
        List<@Nullable Object> parameters = new ArrayList<>();
        for (Parameter parameter : template.outputParameters()) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>(parameter.tree());
            copy.put("value", value(parameter));
            parameters.add(copy);
        }
        List<@Nullable Object> artifacts = new ArrayList<>();
        for (Artifact artifact : template.outputArtifacts()) {
            Map<String, @Nullable Object> from = scope.artifact(artifact);
            boolean elsewhere = artifact.from() != null || artifact.tree().containsKey("fromExpression");
            if (from != null && elsewhere) {
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

    private String value(Parameter parameter) throws NodeProblem {
        String expression = Tree.string(parameter.tree(), "valueFrom", "expression");
        if (expression != null) {
            return evaluated(expression, parameter.valueFromDefault());
        }
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

    private String evaluated(String expression, @Nullable String otherwise) throws NodeProblem {
        Object value;
        try {
            value = scope.value(expression);
        } catch (NodeProblem e) {
            if (otherwise == null) {
                throw e;
            }
            return otherwise;
        }
        if (value == null && otherwise == null) {
            throw new NodeProblem("failed to evaluate expression \"" + expression + "\"");
        }
        try {
            return value == null ? String.valueOf(otherwise) : Formula.text(value);
        } catch (ExpressionException e) {
            throw new NodeProblem("failed to evaluate expression: " + e.getMessage());
        }
    }
}
