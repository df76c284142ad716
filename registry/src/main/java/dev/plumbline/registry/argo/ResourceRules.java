package dev.plumbline.registry.argo;

import dev.plumbline.registry.json.Tree;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the runner needs of a resource template: an action, flags, conditions and outputs that it executes. */
final class ResourceRules {

    private static final Set<String> ACTIONS = Set.of("get", "create", "apply", "patch", "delete");

    /** How kubectl writes; tags count as a name. */
    private static final Pattern FLAG = Pattern.compile(
            "--server-side(=(true|false))?|--force-conflicts(=(true|false))?|--field-manager=[-A-Za-z0-9_./{} ]+");

    private final Map<String, @Nullable Object> resource;
    private final List<String> path;
    private final List<Refusal> refusals;

    private ResourceRules(Map<String, @Nullable Object> resource, List<String> path, List<Refusal> refusals) {
        this.resource = resource;
        this.path = path;
        this.refusals = refusals;
    }

    static void check(Template template, List<String> path, List<Refusal> refusals) {
        boolean resource = template.tree().containsKey("resource");
        if (resource) {
            new ResourceRules(template.resource(), RunnerSupport.join(path, "resource"), refusals).check();
        }
        List<Parameter> outputs = template.outputParameters();
        for (int i = 0; i < outputs.size(); i++) {
            String jsonPath = Tree.string(outputs.get(i).tree(), "valueFrom", "jsonPath");
            if (jsonPath != null && !Tags.present(jsonPath)) {
                List<String> at =
                        RunnerSupport.join(path, "outputs", "parameters", Integer.toString(i), "valueFrom", "jsonPath");
                if (!resource) {
                    refusals.add(
                            new Refusal(at, "only a resource template has an object that a jsonPath could look into"));
                    continue;
                }
                try {
                    var _ = JsonPath.parse(jsonPath);
                } catch (ArgoSyntaxException e) {
                    refusals.add(new Refusal(at, String.valueOf(e.getMessage())));
                }
            }
        }
    }

    private void check() {
        String action = Tree.text(resource, "action");
        if (!ACTIONS.contains(action)) {
            refuse("the embedded runner does not execute the action '" + action + "'", "action");
        }
        if (Tree.text(resource, "manifest").isBlank()) {
            refuse("'manifest' is missing: it says which object is meant", "manifest");
        }
        if (action.equals("patch") && !Tree.text(resource, "mergeStrategy").equals("merge")) {
            refuse("the embedded runner only patches with mergeStrategy 'merge'", "mergeStrategy");
        }
        List<@Nullable Object> flags = Tree.list(resource, "flags");
        for (int i = 0; i < flags.size(); i++) {
            if (!FLAG.matcher(String.valueOf(flags.get(i))).matches()) {
                refuse(
                        "the embedded runner does not execute the flag '" + flags.get(i) + "'",
                        "flags",
                        Integer.toString(i));
            }
        }
        for (String field : List.of("successCondition", "failureCondition")) {
            try {
                var _ = ResourceCondition.parse(Tree.text(resource, field));
            } catch (ArgoSyntaxException e) {
                refuse(String.valueOf(e.getMessage()), field);
            }
        }
    }

    private void refuse(String message, String... at) {
        refusals.add(new Refusal(RunnerSupport.join(path, at), message));
    }
}
