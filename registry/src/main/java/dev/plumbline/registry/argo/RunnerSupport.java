package dev.plumbline.registry.argo;

import dev.plumbline.registry.argo.FieldSupport.Part;
import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private final List<Refusal> refusals = new ArrayList<>();

    private RunnerSupport() {}

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
        RunnerSupport check = new RunnerSupport();
        Map<String, @Nullable Object> rest = Tree.copy(spec.tree());
        rest.remove("templates");
        check.fields(Part.SPEC, rest, path);
        check.expressions(rest, path);
        return List.copyOf(check.refusals);
    }

    /** All that would be refused in a template. */
    public static List<Refusal> checkTemplate(Template template, List<String> path) {
        RunnerSupport check = new RunnerSupport();
        check.fields(Part.TEMPLATE, template.tree(), path);
        check.expressions(template.tree(), path);
        TemplateRules.check(template, path, check.refusals);
        return List.copyOf(check.refusals);
    }

    private void fields(Part part, Map<String, @Nullable Object> map, List<String> path) {
        Map<String, FieldSupport.Row> rows = FieldSupport.rows(part);
        map.forEach((field, value) -> {
            FieldSupport.Row row = rows.get(field);
            List<String> at = join(path, field);
            if (value == null || (value.equals(false) && row != null) || value.equals(List.of())) {
                return;
            }
            if (row == null) {
                refusals.add(new Refusal(at, "Argo knows no field '" + field + "' here"));
            } else if (row.support() == FieldSupport.REFUSED) {
                refusals.add(new Refusal(at, "the embedded runner does not execute '" + field + "'"));
            } else if (row.part() != null) {
                nested(row.part(), value, at);
            }
        });
    }

    private void nested(Part part, Object value, List<String> path) {
        if (value instanceof Map<?, ?> map) {
            fields(part, Tree.cast(map), path);
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                Object element = list.get(i);
                if (element != null) {
                    nested(part, element, join(path, Integer.toString(i)));
                }
            }
        } else {
            refusals.add(new Refusal(path, "expected an object or a list, found '" + value + "'"));
        }
    }

    private void expressions(@Nullable Object value, List<String> path) {
        switch (value) {
            case String text -> {
                for (Tags.Tag tag : Tags.find(text)) {
                    if (tag.expression()) {
                        refusals.add(new Refusal(
                                path, "the embedded runner does not execute the expression '{{=" + tag.body() + "}}'"));
                    }
                }
            }
            case Map<?, ?> map -> Tree.cast(map).forEach((key, child) -> expressions(child, join(path, key)));
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    expressions(list.get(i), join(path, Integer.toString(i)));
                }
            }
            case null, default -> {}
        }
    }

    static List<String> join(List<String> path, String... steps) {
        List<String> longer = new ArrayList<>(path.size() + steps.length);
        longer.addAll(path);
        longer.addAll(List.of(steps));
        return longer;
    }
}
