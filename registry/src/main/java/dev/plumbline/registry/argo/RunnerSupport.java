package dev.plumbline.registry.argo;

import dev.plumbline.registry.argo.FieldSupport.Part;
import dev.plumbline.registry.argo.expr.ExpressionException;
import dev.plumbline.registry.argo.expr.Formula;
import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the embedded runner would refuse. The runner asks before a run starts and lint asks before a merge, so that both
 * always say the same.
 */
public final class RunnerSupport {

    private static final Set<String> KINDS = Set.of(
            ArgoKinds.WORKFLOW,
            ArgoKinds.WORKFLOW_TEMPLATE,
            ArgoKinds.CLUSTER_WORKFLOW_TEMPLATE,
            ArgoKinds.CRON_WORKFLOW);

    /** Fields that hold an expression. */
    private static final Set<String> EXPRESSIONS = Set.of("expression", "fromExpression");

    /** Compression as Go's gzip knows it: only Huffman codes, its own choice, none, and from fast to small. */
    private static final Pattern LEVEL = Pattern.compile("-[12]|[0-9]");

    private final List<Refusal> refusals = new ArrayList<>();

    /** Where the walk is; copied only for what is refused. */
    private final List<String> path;

    private RunnerSupport(List<String> start) {
        this.path = new ArrayList<>(start);
    }

    /** All that would be refused in an object, in written order; none for an object that holds no WorkflowSpec. */
    public static List<Refusal> check(Map<String, @Nullable Object> object) {
        String kind = Tree.text(object, "kind");
        if (!KINDS.contains(kind) || !Tree.text(object, "apiVersion").startsWith(ArgoKinds.GROUP + "/")) {
            return List.of();
        }
        List<String> path = List.of(WorkflowSpec.path(kind));
        WorkflowSpec spec = WorkflowSpec.of(object);
        List<Refusal> refusals = new ArrayList<>(checkSpec(spec, path));
        List<Template> templates = spec.templates();
        for (int i = 0; i < templates.size(); i++) {
            refusals.addAll(checkTemplate(templates.get(i), join(path, "templates", Integer.toString(i))));
        }
        return refusals;
    }

    /** All that would be refused in a spec, its templates apart. */
    public static List<Refusal> checkSpec(WorkflowSpec spec, List<String> path) {
        RunnerSupport check = new RunnerSupport(path);
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(spec.tree());
        rest.remove("templates");
        check.fields(Part.SPEC, rest);
        check.expressions(rest);
        return List.copyOf(check.refusals);
    }

    /** All that would be refused in a template. */
    public static List<Refusal> checkTemplate(Template template, List<String> path) {
        RunnerSupport check = new RunnerSupport(path);
        check.fields(Part.TEMPLATE, template.tree());
        check.expressions(template.tree());
        TemplateRules.check(template, path, check.refusals);
        return List.copyOf(check.refusals);
    }

    private void fields(Part part, Map<String, @Nullable Object> map) {
        Map<String, FieldSupport.Row> rows = FieldSupport.rows(part);
        map.forEach((field, value) -> {
            FieldSupport.Row row = rows.get(field);
            if (value == null || (value.equals(false) && row != null) || value.equals(List.of())) {
                return;
            }
            path.add(field);
            if (row == null) {
                refuse("Argo knows no field '" + field + "' here");
            } else if (row.support() == FieldSupport.REFUSED) {
                refuse("the embedded runner does not execute '" + field + "'");
            } else if (row.part() != null) {
                nested(row.part(), value);
            } else if (EXPRESSIONS.contains(field) && value instanceof String text && !Tags.present(text)) {
                expression(text, text);
            }
            path.removeLast();
        });
    }

    private void nested(Part part, Object value) {
        if (value instanceof Map<?, ?> map && part == Part.HOOKS) {
            Tree.cast(map).forEach((name, hook) -> hook(name, Tree.map(hook)));
        } else if (value instanceof Map<?, ?> map) {
            fields(part, Tree.cast(map));
            if (part == Part.S3) {
                place(Tree.cast(map));
            } else if (part == Part.TAR && !LEVEL.matcher(level(map)).matches()) {
                refuse("compressionLevel is a number from -2 to 9, not '" + level(map) + "'");
            }
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                Object element = list.get(i);
                if (element != null) {
                    path.add(Integer.toString(i));
                    nested(part, element);
                    path.removeLast();
                }
            }
        } else {
            refuse("expected an object or a list, found '" + value + "'");
        }
    }

    /** What is half a place is none for Argo, which then keeps the artifact in the repository without a word. */
    private void place(Map<String, @Nullable Object> s3) {
        boolean half = s3.keySet().stream().anyMatch(field -> !field.equals("key"));
        if (half && !Artifact.placed(s3)) {
            refuse(
                    "a place of its own has endpoint, bucket and key; Argo passes over one that lacks any of them, and uses"
                            + " the repository: give all, or nothing but the key");
        }
    }

    private static String level(Map<?, ?> tar) {
        Object level = tar.get("compressionLevel");
        return level == null ? "-1" : String.valueOf(ArgoText.of(level));
    }

    private void hook(String name, Map<String, @Nullable Object> hook) {
        path.add(name);
        fields(Part.HOOK, hook);
        if (!name.equals("exit") && Tree.text(hook, "expression").isEmpty()) {
            refuse("a hook that is not 'exit' needs an expression, which says when it runs");
        }
        if (Tree.text(hook, "template").isEmpty() == (hook.get("templateRef") == null)) {
            refuse("a hook has exactly one of 'template' and 'templateRef'");
        }
        path.removeLast();
    }

    private void expressions(@Nullable Object value) {
        switch (value) {
            case String text -> expressionsIn(text);
            case Map<?, ?> map ->
                Tree.cast(map).forEach((key, child) -> {
                    path.add(key);
                    expressions(child);
                    path.removeLast();
                });
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    path.add(Integer.toString(i));
                    expressions(list.get(i));
                    path.removeLast();
                }
            }
            case null, default -> {}
        }
    }

    private void expressionsIn(String text) {
        for (Tags.Tag tag : Tags.find(text)) {
            if (tag.expression()) {
                expression("{{=" + tag.body() + "}}", tag.body());
            }
        }
    }

    private void expression(String shown, String text) {
        try {
            Set<String> unknown = Formula.parse(text).unknownFunctions();
            if (!unknown.isEmpty()) {
                refuse("the embedded runner does not evaluate the function " + String.join(", ", unknown) + " in '"
                        + shown + "'; let a step compute it, or run it on a cluster");
            }
        } catch (ExpressionException e) {
            refuse("the expression '" + shown + "' cannot be read: " + e.getMessage());
        }
    }

    private void refuse(String message) {
        refusals.add(new Refusal(List.copyOf(path), message));
    }

    static List<String> join(List<String> path, String... steps) {
        List<String> longer = new ArrayList<>(path.size() + steps.length);
        longer.addAll(path);
        longer.addAll(List.of(steps));
        return longer;
    }
}
