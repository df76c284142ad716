package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.json.Tree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Resources of pods as a whole, claims on devices, and executor plugins. */
final class PodChecks {

    static final String RESOURCES = "pod-resources";
    static final String PLUGIN = "executor-plugin";

    private PodChecks() {}

    static void template(
            Map<String, @Nullable Object> template, String type, Place place, String words, Problems problems) {
        if (Shape.has(template, "podResources")) {
            if (type.equals("http") || type.equals("plugin")) {
                problems.add(
                        RESOURCES,
                        place.at("podResources"),
                        words + ".podResources is not for " + type + " templates, which share Argo's own agent pod",
                        "remove it");
            }
            resources(template.get("podResources"), place.at("podResources"), words + ".podResources", problems);
        }
        if (!Tree.list(template, "resourceClaims").isEmpty() && !Shape.isPod(type)) {
            problems.add(
                    RESOURCES,
                    place.at("resourceClaims"),
                    words + ".resourceClaims is not for " + type + " templates, which make no pod",
                    "remove it");
        }
    }

    static void resources(@Nullable Object resources, Place place, String words, Problems problems) {
        if (!Tree.list(resources, "claims").isEmpty()) {
            problems.add(RESOURCES, place.at("claims"), words + ".claims is not for pods as a whole", "remove it");
        }
        for (String list : List.of("limits", "requests")) {
            for (String name : Tree.map(resources, list).keySet()) {
                if (!name.equals("cpu") && !name.equals("memory") && !name.startsWith("hugepages-")) {
                    problems.add(
                            RESOURCES,
                            place.at(list, name),
                            words + " names '" + name + "', which a pod as a whole cannot have",
                            "use cpu, memory or hugepages-*, or set it on the container");
                }
            }
        }
    }

    static void plugins(Map<String, @Nullable Object> spec, Place place, Problems problems) {
        List<@Nullable Object> plugins = Tree.list(spec, "executorPlugins");
        for (int i = 0; i < plugins.size(); i++) {
            Object container = Tree.at(plugins.get(i), "spec", "sidecar", "container");
            String lacks = Tree.text(plugins.get(i), "metadata", "name").isEmpty()
                    ? "metadata.name"
                    : Tree.list(container, "ports").isEmpty() ? "spec.sidecar.container.ports" : lacks(container);
            if (!lacks.isEmpty()) {
                problems.add(
                        PLUGIN,
                        place.at("executorPlugins").at(i),
                        "spec.executorPlugins[" + i + "] has no " + lacks,
                        "add it; Argo requires it of each plugin");
            }
        }
    }

    private static String lacks(@Nullable Object container) {
        for (List<String> field :
                List.of(List.of("resources", "requests"), List.of("resources", "limits"), List.of("securityContext"))) {
            if (Tree.at(container, field.toArray(String[]::new)) == null) {
                return "spec.sidecar.container." + String.join(".", field);
            }
        }
        return "";
    }
}
