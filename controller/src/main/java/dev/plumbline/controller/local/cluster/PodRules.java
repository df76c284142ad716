package dev.plumbline.controller.local.cluster;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a pod, or a template of pods, must have: the required fields of containers and volumes, and matching labels. */
final class PodRules {

    private PodRules() {}

    static void check(KindFacts facts, ObjectKey key, Map<String, @Nullable Object> object) throws ClusterException {
        switch (facts.kind()) {
            case "Pod" -> podSpec(key, "spec", Tree.map(object, "spec"));
            case "Job" -> podSpec(key, "spec.template.spec", Tree.map(object, "spec", "template", "spec"));
            case "Deployment" -> {
                selector(key, object);
                podSpec(key, "spec.template.spec", Tree.map(object, "spec", "template", "spec"));
            }
            default -> {}
        }
    }

    private static void selector(ObjectKey key, Map<String, @Nullable Object> object) throws ClusterException {
        if (Tree.map(object, "spec", "selector").isEmpty()) {
            throw missing(key, "spec.selector");
        }
        Map<String, @Nullable Object> labels = Tree.map(object, "spec", "template", "metadata", "labels");
        for (Map.Entry<String, @Nullable Object> wanted :
                Tree.map(object, "spec", "selector", "matchLabels").entrySet()) {
            if (!String.valueOf(wanted.getValue()).equals(labels.get(wanted.getKey()))) {
                throw ObjectRules.invalid(
                        key,
                        "spec.selector does not select its own spec.template.metadata.labels; give both the label "
                                + wanted.getKey());
            }
        }
    }

    private static void podSpec(ObjectKey key, String path, Map<String, @Nullable Object> spec)
            throws ClusterException {
        if (Tree.list(spec, "containers").isEmpty()) {
            throw missing(key, path + ".containers");
        }
        for (String list : List.of("initContainers", "containers")) {
            each(key, path, spec, list, List.of("name", "image"));
        }
        each(key, path, spec, "volumes", List.of("name"));
        each(key, path, spec, "topologySpreadConstraints", List.of("maxSkew", "topologyKey", "whenUnsatisfiable"));
        int index = 0;
        for (Map<String, @Nullable Object> volume : Tree.maps(spec, "volumes")) {
            if (volume.get("configMap") != null
                    && Tree.text(volume, "configMap", "name").isEmpty()) {
                throw missing(key, path + ".volumes[" + index + "].configMap.name");
            }
            index++;
        }
    }

    private static void each(
            ObjectKey key, String path, Map<String, @Nullable Object> spec, String list, List<String> fields)
            throws ClusterException {
        int index = 0;
        for (Map<String, @Nullable Object> item : Tree.maps(spec, list)) {
            for (String field : fields) {
                Object value = item.get(field);
                if (value == null || value.equals("")) {
                    throw missing(key, path + "." + list + "[" + index + "]." + field);
                }
            }
            index++;
        }
    }

    private static ClusterException missing(ObjectKey key, String path) {
        return ObjectRules.invalid(key, path + " is required; write it");
    }
}
