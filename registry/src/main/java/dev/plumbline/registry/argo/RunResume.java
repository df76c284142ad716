package dev.plumbline.registry.argo;

import dev.plumbline.registry.json.Tree;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code argo resume} and {@code argo node set} (v4.1) make of a Workflow that waits: its waiting Suspend nodes succeed, their
 * outputs getting the values that are supplied, or else their defaults.
 *
 * @param patch a JSON merge patch of the Workflow; empty when it is refused
 * @param refusal why nothing is resumed, and what to do; empty when it is
 */
public record RunResume(Map<String, @Nullable Object> patch, String refusal) {

    private static RunResume refused(String why) {
        return new RunResume(Map.of(), why);
    }

    /**
     * Works it out.
     *
     * @param parameters values of output parameters by name
     * @param node name, display name or id of the node that is meant; empty for all that wait
     * @param now when they end
     */
    public static RunResume of(
            Map<String, @Nullable Object> workflow, Map<String, String> parameters, String node, Instant now) {
        List<Map<String, @Nullable Object>> waiting = Tree.map(workflow, "status", "nodes").values().stream()
                .filter(one -> Tree.text(one, "type").equals("Suspend")
                        && Tree.text(one, "phase").equals("Running"))
                .map(Tree::map)
                .toList();
        List<Map<String, @Nullable Object>> meant = waiting.stream()
                .filter(one -> node.isEmpty()
                        || List.of(Tree.text(one, "name"), Tree.text(one, "displayName"), Tree.text(one, "id"))
                                .contains(node))
                .toList();
        boolean suspended = Boolean.TRUE.equals(Tree.at(workflow, "spec", "suspend"));
        if (meant.isEmpty() && !(suspended && node.isEmpty() && parameters.isEmpty())) {
            return refused(
                    waiting.isEmpty()
                            ? "no node of it waits"
                            : "no node '" + node + "' of it waits; " + names(waiting));
        }
        if (meant.size() > 1 && !parameters.isEmpty()) {
            return refused("several of its nodes wait, so that it is not known whose the values are; name one with"
                    + " --node; " + names(meant));
        }
        Map<String, @Nullable Object> patch = new LinkedHashMap<>();
        Tree.set(patch, Tree.text(workflow, "metadata", "uid"), "metadata", "uid");
        if (suspended) {
            Tree.set(patch, null, "spec", "suspend");
        }
        for (Map<String, @Nullable Object> one : meant) {
            String refusal = ended(one, parameters, now, patch, workflow);
            if (!refusal.isEmpty()) {
                return refused(refusal);
            }
        }
        return new RunResume(patch, "");
    }

    private static String names(List<Map<String, @Nullable Object>> nodes) {
        return "there wait: "
                + String.join(
                        ", ",
                        nodes.stream().map(one -> Tree.text(one, "displayName")).toList());
    }

    /** Ends a node in the patch; answers why it cannot be, or nothing. */
    private static String ended(
            Map<String, @Nullable Object> node,
            Map<String, String> parameters,
            Instant now,
            Map<String, @Nullable Object> patch,
            Map<String, @Nullable Object> workflow) {
        Set<String> left = new LinkedHashSet<>(parameters.keySet());
        List<@Nullable Object> outputs = new ArrayList<>();
        for (Map<String, @Nullable Object> output : Tree.maps(node, "outputs", "parameters")) {
            String name = Tree.text(output, "name");
            boolean supplied = Tree.at(output, "valueFrom", "supplied") != null;
            String value = supplied && left.remove(name) ? parameters.get(name) : null;
            value = value == null && supplied ? Tree.string(output, "valueFrom", "default") : value;
            if (supplied && value == null) {
                return "the output parameter '" + name + "' of its node " + Tree.text(node, "displayName")
                        + " has neither a value nor a default; give -p " + name + "=VALUE";
            }
            Map<String, @Nullable Object> copy = Tree.copy(output);
            if (supplied) {
                copy.put("value", value);
                copy.remove("valueFrom");
                global(copy, patch, workflow);
            }
            outputs.add(copy);
        }
        if (!left.isEmpty()) {
            return "its node " + Tree.text(node, "displayName") + " expects no output parameter '"
                    + String.join("', '", left) + "'";
        }
        String id = Tree.text(node, "id");
        Tree.set(patch, "Succeeded", "status", "nodes", id, "phase");
        Tree.set(patch, now.truncatedTo(ChronoUnit.SECONDS).toString(), "status", "nodes", id, "finishedAt");
        if (!outputs.isEmpty()) {
            Tree.set(patch, outputs, "status", "nodes", id, "outputs", "parameters");
        }
        return "";
    }

    /** A parameter with a global name is one of the Workflow's outputs. */
    private static void global(
            Map<String, @Nullable Object> output,
            Map<String, @Nullable Object> patch,
            Map<String, @Nullable Object> workflow) {
        String name = Tree.text(output, "globalName");
        if (name.isEmpty()) {
            return;
        }
        List<@Nullable Object> known = Tree.list(patch, "status", "outputs", "parameters");
        List<@Nullable Object> all =
                new ArrayList<>(known.isEmpty() ? Tree.list(workflow, "status", "outputs", "parameters") : known);
        all.removeIf(one -> Tree.text(one, "name").equals(name));
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put("name", name);
        one.put("value", output.get("value"));
        all.add(one);
        Tree.set(patch, all, "status", "outputs", "parameters");
    }
}
