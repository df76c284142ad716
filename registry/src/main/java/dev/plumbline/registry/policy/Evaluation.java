package dev.plumbline.registry.policy;

import dev.plumbline.registry.cel.Expression;
import dev.plumbline.registry.cel.ExpressionException;
import dev.plumbline.registry.cel.LazyVariables;
import dev.plumbline.registry.cel.Values;
import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One request before policies. Values are converted for CEL once. */
final class Evaluation {

    /** Longest message that an expression may give, in UTF-16 units; a longer one is passed over (Kubernetes: 5 KiB). */
    static final int MAX_MESSAGE = 5 * 1024;

    private final Admission request;
    private final Surroundings surroundings;
    private final Map<String, Object> inputs = new LinkedHashMap<>();

    Evaluation(Admission request, Surroundings surroundings) {
        this.request = request;
        this.surroundings = surroundings;
        inputs.put("object", Values.of(request.object()));
        inputs.put("oldObject", Values.of(request.oldObject()));
        inputs.put("request", Values.of(requestTree()));
        boolean inNamespace = !request.namespace().isEmpty() && !request.isNamespace();
        inputs.put("namespaceObject", Values.of(inNamespace ? surroundings.namespace(request.namespace()) : null));
    }

    /** What one policy says by one binding. */
    List<Decision> decide(Policy policy, Binding binding) {
        List<Decision> decisions = new ArrayList<>();
        Params params = Params.collect(policy, binding, request, surroundings);
        if (!params.error().isEmpty()) {
            if (!policy.ignoreErrors()) {
                decisions.add(new Decision(
                        policy.name(),
                        binding.name(),
                        List.of(Decision.Action.DENY),
                        "Invalid",
                        "failed to configure binding: " + params.error()));
            }
            return decisions;
        }
        for (Object param : params.values()) {
            validate(policy, binding, param, decisions);
        }
        return decisions;
    }

    private void validate(Policy policy, Binding binding, @Nullable Object param, List<Decision> decisions) {
        Object converted = Values.of(param);
        Function<String, @Nullable Object> given = name -> name.equals("params") ? converted : inputs.get(name);
        Function<String, @Nullable Object> all = new LazyVariables(policy.variables(), given).inputs();
        List<String> errors = new ArrayList<>();
        for (Expression condition : policy.conditions().values()) {
            try {
                if (Boolean.FALSE.equals(condition.evaluate(given))) {
                    return;
                }
            } catch (ExpressionException e) {
                errors.add(resulted("expression '" + condition.text() + "'", e));
            }
        }
        if (!errors.isEmpty()) {
            failed(policy, binding, aggregate(errors), decisions);
            return;
        }
        for (Policy.Validation validation : policy.validations()) {
            try {
                if (!Boolean.TRUE.equals(validation.expression().evaluate(all))) {
                    decisions.add(new Decision(
                            policy.name(),
                            binding.name(),
                            binding.actions(),
                            validation.reason(),
                            message(validation, all)));
                }
            } catch (ExpressionException e) {
                failed(
                        policy,
                        binding,
                        resulted("expression '" + validation.expression().text() + "'", e),
                        decisions);
            }
        }
        annotate(policy, binding, all, decisions);
    }

    /** Audit annotations go nowhere here, but an error in one denies. */
    private static void annotate(
            Policy policy, Binding binding, Function<String, @Nullable Object> all, List<Decision> decisions) {
        for (Expression annotation : policy.annotations().values()) {
            try {
                annotation.evaluate(all);
            } catch (ExpressionException e) {
                if (!policy.ignoreErrors()) {
                    decisions.add(new Decision(
                            policy.name(),
                            binding.name(),
                            List.of(Decision.Action.DENY),
                            "Invalid",
                            resulted("expression '" + annotation.text() + "'", e)));
                }
            }
        }
    }

    private static void failed(Policy policy, Binding binding, String message, List<Decision> decisions) {
        if (!policy.ignoreErrors()) {
            decisions.add(new Decision(policy.name(), binding.name(), binding.actions(), "Invalid", message));
        }
    }

    private static String resulted(String what, ExpressionException e) {
        return what + " resulted in error: " + e.getMessage();
    }

    /** One error as it is, several in brackets, as Kubernetes joins them. */
    private static String aggregate(List<String> errors) {
        List<String> distinct = errors.stream().distinct().toList();
        return distinct.size() == 1
                ? distinct.getFirst()
                : distinct.stream().collect(Collectors.joining(", ", "[", "]"));
    }

    /** The computed message where it is fit for use, else the fixed one, else the expression. */
    private static String message(Policy.Validation validation, Function<String, @Nullable Object> all) {
        String message = "";
        if (validation.messageExpression() != null) {
            try {
                message = validation.messageExpression().evaluate(all) instanceof String text ? text.strip() : "";
            } catch (ExpressionException e) {
                // The server logs it and goes on with the fixed message.
                message = "";
            }
            message = message.length() > MAX_MESSAGE || message.indexOf('\n') >= 0 ? "" : message;
        }
        if (message.isEmpty()) {
            message = validation.message().strip();
        }
        return message.isEmpty()
                ? "failed expression: " + validation.expression().text().strip()
                : message;
    }

    private Map<String, @Nullable Object> requestTree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        for (String field : List.of("kind", "requestKind")) {
            Tree.set(tree, request.group(), field, "group");
            Tree.set(tree, request.version(), field, "version");
            Tree.set(tree, request.kind(), field, "kind");
        }
        for (String field : List.of("resource", "requestResource")) {
            Tree.set(tree, request.group(), field, "group");
            Tree.set(tree, request.version(), field, "version");
            Tree.set(tree, request.resource(), field, "resource");
        }
        tree.put("name", request.name());
        tree.put("namespace", request.namespace());
        tree.put("operation", request.operation());
        tree.put("userInfo", new LinkedHashMap<>());
        tree.put("dryRun", false);
        return tree;
    }
}
