package dev.plumbline.registry.argo;

import dev.plumbline.registry.json.Tree;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the runner needs of a template beyond known fields: one type, a command, readable conditions, no cycle. */
final class TemplateRules {

    /** Fields of a pod that the downward API gives to a step. */
    static final Pattern FIELD_PATH = Pattern.compile(
            "metadata\\.(name|namespace|uid|(labels|annotations)\\['[^']+'])|spec\\.serviceAccountName");

    private static final Set<String> RETRY_POLICIES = Set.of("Always", "OnFailure", "OnError");

    private final Template template;
    private final List<String> path;
    private final List<Refusal> refusals;

    private TemplateRules(Template template, List<String> path, List<Refusal> refusals) {
        this.template = template;
        this.path = path;
        this.refusals = refusals;
    }

    static void check(Template template, List<String> path, List<Refusal> refusals) {
        new TemplateRules(template, path, refusals).check();
    }

    private void check() {
        List<String> types =
                Template.TYPES.stream().filter(template.tree()::containsKey).toList();
        if (types.size() != 1) {
            refuse("a template has exactly one type, this one has " + (types.isEmpty() ? "none" : types), path);
        }
        for (String type : List.of("container", "script")) {
            if (template.tree().containsKey(type)) {
                container(type);
            }
        }
        ResourceRules.check(template, path, refusals);
        retry();
        dag();
        steps();
    }

    private void container(String type) {
        List<String> at = RunnerSupport.join(path, type);
        if (Tree.list(template.container(), "command").isEmpty()) {
            refuse("'command' is missing: a local process has no image that could supply it", at);
        }
        List<Map<String, @Nullable Object>> env = Tree.maps(template.container(), "env");
        for (int i = 0; i < env.size(); i++) {
            String field = Tree.string(env.get(i), "valueFrom", "fieldRef", "fieldPath");
            if (field != null && !FIELD_PATH.matcher(field).matches()) {
                refuse(
                        "the embedded runner has no pod field '" + field + "'",
                        RunnerSupport.join(at, "env", Integer.toString(i), "valueFrom", "fieldRef", "fieldPath"));
            }
        }
    }

    private void retry() {
        String policy = Tree.string(template.tree(), "retryStrategy", "retryPolicy");
        if (policy != null && !policy.isEmpty() && !RETRY_POLICIES.contains(policy)) {
            refuse(
                    "the embedded runner does not execute retryPolicy '" + policy + "'",
                    RunnerSupport.join(path, "retryStrategy", "retryPolicy"));
        }
    }

    private void dag() {
        List<DagTask> tasks = template.tasks();
        Map<String, DagTask> byName = new LinkedHashMap<>();
        for (int i = 0; i < tasks.size(); i++) {
            if (byName.put(tasks.get(i).name(), tasks.get(i)) != null) {
                refuse("two tasks are named '" + tasks.get(i).name() + "'", at(i, "name"));
            }
        }
        Map<String, Set<String>> edges = new LinkedHashMap<>();
        for (int i = 0; i < tasks.size(); i++) {
            member("task", tasks.get(i), at(i));
            try {
                edges.put(
                        tasks.get(i).name(),
                        Depends.of(tasks.get(i), byName::get).tasks());
            } catch (ArgoSyntaxException e) {
                boolean list = tasks.get(i).depends() == null;
                refuse(String.valueOf(e.getMessage()), at(i, list ? "dependencies" : "depends"));
            }
        }
        for (int i = 0; i < tasks.size(); i++) {
            String name = tasks.get(i).name();
            if (reaches(name, name, edges, new HashSet<>())) {
                refuse("task '" + name + "' depends on itself", at(i, "name"));
            }
        }
    }

    private void steps() {
        Set<String> names = new HashSet<>();
        List<List<DagTask>> groups = template.steps();
        for (int i = 0; i < groups.size(); i++) {
            for (int k = 0; k < groups.get(i).size(); k++) {
                DagTask step = groups.get(i).get(k);
                List<String> at = RunnerSupport.join(path, "steps", Integer.toString(i), Integer.toString(k));
                if (!names.add(step.name())) {
                    refuse("two steps are named '" + step.name() + "'", RunnerSupport.join(at, "name"));
                }
                member("step", step, at);
            }
        }
    }

    private void member(String word, DagTask task, List<String> at) {
        TemplateRef ref = task.templateRef();
        boolean inline = task.tree().get("inline") != null;
        if ((task.template() == null ? 0 : 1) + (ref == null ? 0 : 1) + (inline ? 1 : 0) != 1) {
            refuse("a " + word + " has exactly one of 'template', 'templateRef' and 'inline'", at);
        }
        if (inline) {
            Template inside = new Template(Tree.map(task.tree(), "inline"));
            check(inside, RunnerSupport.join(at, "inline"), refusals);
            if (!inside.members().isEmpty()) {
                inner(inside.tree(), RunnerSupport.join(at, "inline"));
            }
        }
        if (ref != null && (Tags.present(ref.name()) || Tags.present(ref.template()))) {
            refuse(
                    "the embedded runner does not execute a templateRef with tags",
                    RunnerSupport.join(at, "templateRef"));
        }
        if (task.template() != null && Tags.present(task.template())) {
            refuse(
                    "the embedded runner does not execute a template name with tags",
                    RunnerSupport.join(at, "template"));
        }
        String when = task.when();
        if (when != null && !when.isBlank()) {
            try {
                When.parse(Tags.masked(when));
            } catch (ArgoSyntaxException e) {
                refuse(String.valueOf(e.getMessage()), RunnerSupport.join(at, "when"));
            }
        }
    }

    /** An inline dag or steps: Argo resolves a tag in it both there and in the template around it, and no member is known to both. */
    private void inner(@Nullable Object tree, List<String> at) {
        switch (tree) {
            case String text -> {
                for (Tags.Tag tag : Tags.find(text)) {
                    if (tag.body().startsWith("tasks.") || tag.body().startsWith("steps.")) {
                        refuse(
                                "Argo does not resolve {{" + tag.body()
                                        + "}} within an inline dag or steps; write it out as a" + " template",
                                at);
                    }
                }
            }
            case Map<?, ?> map -> Tree.cast(map).forEach((key, value) -> inner(value, RunnerSupport.join(at, key)));
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    inner(list.get(i), RunnerSupport.join(at, Integer.toString(i)));
                }
            }
            case null, default -> {}
        }
    }

    private static boolean reaches(String from, String to, Map<String, Set<String>> edges, Set<String> seen) {
        for (String next : edges.getOrDefault(from, Set.of())) {
            if (next.equals(to) || (seen.add(next) && reaches(next, to, edges, seen))) {
                return true;
            }
        }
        return false;
    }

    private List<String> at(int task, String... rest) {
        return RunnerSupport.join(RunnerSupport.join(path, "dag", "tasks", Integer.toString(task)), rest);
    }

    private void refuse(String message, List<String> at) {
        refusals.add(new Refusal(at, message));
    }
}
