package dev.plumbline.tests.lint;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.yaml.YamlDocuments;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files to judge: each with the templates that it refers to beside it, so that it stands alone. */
final class Cases {

    static final Set<String> KINDS =
            Set.of("Workflow", "WorkflowTemplate", "ClusterWorkflowTemplate", "CronWorkflow", "WorkflowEventBinding");

    private static final Set<String> SKIPPED = Set.of(".git", "target", "node_modules");

    private final Map<String, Map<String, @Nullable Object>> templates = new LinkedHashMap<>();
    private final List<List<Map<String, @Nullable Object>>> files = new ArrayList<>();

    /** Reads files; what is not YAML, or holds nothing of Argo's, is left out. */
    Cases(List<Path> paths) throws IOException {
        for (Path path : paths) {
            List<Map<String, @Nullable Object>> objects = objects(path);
            if (!objects.isEmpty()) {
                files.add(objects);
                objects.forEach(object -> templates.putIfAbsent(
                        Tree.text(object, "kind") + "/" + Tree.text(object, "metadata", "name"), object));
            }
        }
    }

    /** YAML files of a repository. */
    static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> {
                        for (Path part : folder.relativize(file)) {
                            if (SKIPPED.contains(part.toString())) {
                                return false;
                            }
                        }
                        return true;
                    })
                    .sorted()
                    .toList();
        }
    }

    /** The objects of each file, and after them those that they refer to. */
    List<List<Map<String, @Nullable Object>>> all() {
        return files.stream().map(this::withTemplates).toList();
    }

    private List<Map<String, @Nullable Object>> withTemplates(List<Map<String, @Nullable Object>> objects) {
        List<Map<String, @Nullable Object>> all = new ArrayList<>(objects);
        for (int i = 0; i < all.size(); i++) {
            String namespace = Tree.text(all.get(i), "metadata", "namespace");
            for (String key : references(all.get(i))) {
                Map<String, @Nullable Object> found = templates.get(key);
                boolean there = all.stream()
                        .anyMatch(object ->
                                key.equals(Tree.text(object, "kind") + "/" + Tree.text(object, "metadata", "name")));
                if (found != null && !there) {
                    Map<String, @Nullable Object> copy = Tree.copy(found);
                    Tree.map(copy, "metadata").remove("namespace");
                    if (!namespace.isEmpty() && key.startsWith("WorkflowTemplate/")) {
                        Tree.set(copy, namespace, "metadata", "namespace");
                    }
                    all.add(copy);
                }
            }
        }
        return all;
    }

    private static List<String> references(@Nullable Object value) {
        List<String> found = new ArrayList<>();
        collect(value, found);
        return found;
    }

    private static void collect(@Nullable Object value, List<String> found) {
        if (value instanceof Map<?, ?> map) {
            for (String field : List.of("templateRef", "workflowTemplateRef")) {
                if (map.get(field) instanceof Map<?, ?> ref) {
                    boolean cluster = Boolean.TRUE.equals(ref.get("clusterScope"));
                    found.add((cluster ? "ClusterWorkflowTemplate/" : "WorkflowTemplate/") + ref.get("name"));
                }
            }
            map.values().forEach(child -> collect(child, found));
        } else if (value instanceof List<?> list) {
            list.forEach(child -> collect(child, found));
        }
    }

    private static List<Map<String, @Nullable Object>> objects(Path path) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        // Documents that only we would refuse are none of this comparison: everything is written anew as JSON.
        YamlDocuments documents = YamlParser.parse(path.toString(), bytes);
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        for (YamlNode document : documents.documents()) {
            if (document.value() instanceof Map<?, ?> map && KINDS.contains(Tree.text(map, "kind"))) {
                objects.add(Tree.copy(Tree.cast(map)));
            }
        }
        return objects;
    }

    /** A file of objects: JSON documents, which YAML readers of all makes read alike. */
    static byte[] text(List<Map<String, @Nullable Object>> objects) {
        return objects.stream()
                .map(Json::write)
                .collect(Collectors.joining("\n---\n", "", "\n"))
                .getBytes(StandardCharsets.UTF_8);
    }
}
