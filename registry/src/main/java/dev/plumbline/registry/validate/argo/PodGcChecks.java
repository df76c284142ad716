package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.json.Tree;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** When pods of a run are deleted, and which. */
final class PodGcChecks {

    static final String RULE = "pod-gc";

    private static final Set<String> STRATEGIES =
            Set.of("", "OnPodCompletion", "OnPodSuccess", "OnWorkflowCompletion", "OnWorkflowSuccess");
    private static final Set<String> OPERATORS = Set.of("In", "NotIn", "Exists", "DoesNotExist");
    private static final Pattern KEY =
            Pattern.compile("([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    private static final Pattern VALUE = Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");

    private PodGcChecks() {}

    static void check(@Nullable Object podGc, Place place, Problems problems) {
        String strategy = Tree.text(podGc, "strategy");
        if (!STRATEGIES.contains(strategy)) {
            problems.add(
                    RULE,
                    place.at("strategy"),
                    "podGC.strategy unknown strategy '" + strategy + "'",
                    "use OnPodCompletion, OnPodSuccess, OnWorkflowCompletion or OnWorkflowSuccess");
        }
        Place selector = place.at("labelSelector");
        Tree.map(podGc, "labelSelector", "matchLabels").forEach((key, value) -> {
            if (!KEY.matcher(key).matches()
                    || (value instanceof String text && !VALUE.matcher(text).matches())) {
                wrong("'" + key + "' with '" + value + "' is no label", selector.at("matchLabels", key), problems);
            }
        });
        List<@Nullable Object> expressions = Tree.list(podGc, "labelSelector", "matchExpressions");
        for (int i = 0; i < expressions.size(); i++) {
            String wrong = expression(Tree.map(expressions.get(i)));
            if (!wrong.isEmpty()) {
                wrong(wrong, selector.at("matchExpressions").at(i), problems);
            }
        }
    }

    private static String expression(Map<String, @Nullable Object> expression) {
        String key = Tree.text(expression, "key");
        String operator = Tree.text(expression, "operator");
        List<@Nullable Object> values = Tree.list(expression, "values");
        if (!OPERATORS.contains(operator)) {
            return "'" + operator + "' is not an operator";
        }
        if (!KEY.matcher(key).matches()) {
            return "'" + key + "' is not a key of a label";
        }
        boolean takesValues = operator.endsWith("In");
        if (takesValues == values.isEmpty()) {
            return operator + (takesValues ? " needs 'values'" : " takes no 'values'");
        }
        return values.stream()
                        .allMatch(value -> value instanceof String text
                                && VALUE.matcher(text).matches())
                ? ""
                : "one of the values is no label's value";
    }

    private static void wrong(String what, Place place, Problems problems) {
        problems.add(RULE, place, "podGC.labelSelector invalid: " + what, "correct the selector");
    }
}
