package dev.plumbline.tests.runner;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of a run as text, one line for the run and one for each node by name, so that two executions can be compared: phases,
 * types, templates, messages, inputs, outputs, and which node comes after which. Times, and keys of artifacts, are left out.
 */
public final class RunLines {

    private final Map<String, @Nullable Object> workflow;
    private final Map<String, String> names = new HashMap<>();

    private RunLines(Map<String, @Nullable Object> workflow) {
        this.workflow = workflow;
        Tree.map(workflow, "status", "nodes").forEach((id, node) -> names.put(id, Tree.text(node, "name")));
    }

    /** The lines of a Workflow that has ended. */
    public static String of(Map<String, @Nullable Object> workflow) {
        return new RunLines(workflow).text();
    }

    private String text() {
        List<String> lines = new ArrayList<>();
        lines.add(line(
                "run " + Tree.text(workflow, "metadata", "name"),
                Tree.text(workflow, "status", "phase"),
                Tree.text(workflow, "status", "message"),
                values("outputs", Tree.maps(workflow, "status", "outputs", "parameters"))));
        Map<String, String> nodes = new TreeMap<>();
        Tree.map(workflow, "status", "nodes").values().forEach(node -> nodes.put(Tree.text(node, "name"), node(node)));
        lines.addAll(nodes.values());
        return String.join("\n", lines) + "\n";
    }

    private String node(@Nullable Object node) {
        return line(
                Tree.text(node, "name"),
                Tree.text(node, "type"),
                Tree.text(node, "phase"),
                Tree.text(node, "message"),
                labelled("shown as", Tree.text(node, "displayName")),
                labelled("template", Tree.text(node, "templateName")),
                labelled("scope", Tree.text(node, "templateScope")),
                labelled("in", names.getOrDefault(Tree.text(node, "boundaryID"), "")),
                values("inputs", Tree.maps(node, "inputs", "parameters")),
                values("outputs", Tree.maps(node, "outputs", "parameters")),
                labelled("result", Tree.text(node, "outputs", "result")),
                labelled("exit code", Tree.text(node, "outputs", "exitCode")),
                labelled("before", ids(Tree.list(node, "children"))),
                labelled("ends with", ids(Tree.list(node, "outboundNodes"))),
                Tree.map(node, "nodeFlag").isEmpty() ? "" : "flags " + Json.write(Tree.map(node, "nodeFlag")));
    }

    private String ids(List<@Nullable Object> ids) {
        return String.join(
                ", ",
                ids.stream()
                        .map(id -> names.getOrDefault(String.valueOf(id), String.valueOf(id)))
                        .sorted()
                        .toList());
    }

    private static String values(String label, List<Map<String, @Nullable Object>> parameters) {
        Map<String, @Nullable Object> values = new TreeMap<>();
        parameters.forEach(parameter -> values.put(Tree.text(parameter, "name"), parameter.get("value")));
        return values.isEmpty() ? "" : label + " " + Json.write(new java.util.LinkedHashMap<>(values));
    }

    private static String labelled(String label, String text) {
        return text.isEmpty() ? "" : label + " " + text;
    }

    private static String line(String... parts) {
        return String.join(
                " | ", List.of(parts).stream().filter(part -> !part.isEmpty()).toList());
    }
}
