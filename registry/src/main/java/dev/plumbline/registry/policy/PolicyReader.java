package dev.plumbline.registry.policy;

import dev.plumbline.registry.cel.Expression;
import dev.plumbline.registry.cel.ExpressionCompiler;
import dev.plumbline.registry.cel.ExpressionException;
import dev.plumbline.registry.cel.ResultKind;
import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles one policy; what an API server would refuse is a finding at the expression. */
final class PolicyReader {

    private final Manifest manifest;
    private final Map<String, @Nullable Object> spec;
    private final ExpressionCompiler compiler;
    private final List<Finding> findings;
    private boolean broken;

    private PolicyReader(Manifest manifest, List<Finding> findings) {
        this.manifest = manifest;
        this.findings = findings;
        this.spec = Tree.map(manifest.content(), "spec");
        this.compiler = new ExpressionCompiler(spec.get("paramKind") != null);
    }

    /** The policy; null when it does not compile. */
    static @Nullable Policy read(Manifest manifest, List<Finding> findings) {
        PolicyReader reader = new PolicyReader(manifest, findings);
        Policy policy = reader.policy();
        return reader.broken ? null : policy;
    }

    private Policy policy() {
        // The server compiles conditions before there are variables.
        Map<String, Expression> conditions = named("matchConditions", "name", "expression", ResultKind.BOOL, false);
        Map<String, Expression> variables = named("variables", "name", "expression", ResultKind.ANY, true);
        List<Policy.Validation> validations = new ArrayList<>();
        List<Map<String, @Nullable Object>> written = Tree.maps(spec, "validations");
        for (int i = 0; i < written.size(); i++) {
            Policy.Validation validation = validation(written.get(i), Integer.toString(i));
            if (validation != null) {
                validations.add(validation);
            }
        }
        return new Policy(
                manifest,
                new MatchResources(Tree.map(spec, "matchConstraints")),
                Tree.text(spec, "failurePolicy").equals("Ignore"),
                conditions,
                variables,
                validations,
                named("auditAnnotations", "key", "valueExpression", ResultKind.STRING_OR_NULL, false),
                Tree.map(spec, "paramKind"));
    }

    private Policy.@Nullable Validation validation(Map<String, @Nullable Object> tree, String index) {
        Expression expression =
                compile(Tree.text(tree, "expression"), ResultKind.BOOL, "validations", index, "expression");
        String messageText = Tree.string(tree, "messageExpression");
        Expression message = messageText == null || messageText.isEmpty()
                ? null
                : compile(messageText, ResultKind.STRING, "validations", index, "messageExpression");
        if (expression == null) {
            return null;
        }
        String reason = Tree.text(tree, "reason");
        return new Policy.Validation(
                expression, Tree.text(tree, "message"), message, reason.isEmpty() ? "Invalid" : reason);
    }

    private Map<String, Expression> named(
            String list, String nameField, String textField, ResultKind kind, boolean declared) {
        Map<String, Expression> compiled = new LinkedHashMap<>();
        List<Map<String, @Nullable Object>> written = Tree.maps(spec, list);
        for (int i = 0; i < written.size(); i++) {
            String name = Tree.text(written.get(i), nameField);
            Expression expression =
                    compile(Tree.text(written.get(i), textField), kind, list, Integer.toString(i), textField);
            if (expression != null) {
                compiled.put(name, expression);
            }
            if (declared && expression == null) {
                compiler.declareUnknown(name);
            } else if (declared && expression != null) {
                compiler.declare(name, expression);
            }
        }
        return compiled;
    }

    private @Nullable Expression compile(String text, ResultKind kind, String list, String index, String field) {
        try {
            return compiler.compile(text, kind);
        } catch (ExpressionException e) {
            broken = true;
            boolean offline = e.kind() == ExpressionException.Kind.NEEDS_CLUSTER;
            String place = "spec." + list + "[" + index + "]." + field;
            var location = manifest.locate("spec", list, index, field);
            findings.add((offline
                            ? Finding.warning(
                                    "policy-needs-cluster",
                                    location,
                                    "policy '" + manifest.key().name() + "' is not checked here, because " + place
                                            + " uses " + e.getMessage(),
                                    "check it in a cluster, or decide without it")
                            : Finding.error(
                                    "policy-expression",
                                    location,
                                    place + ": " + e.getMessage(),
                                    "correct the expression"))
                    .about(manifest.key()));
            return null;
        }
    }
}
