package dev.plumbline.tests.differential;

import static dev.plumbline.tests.differential.Trees.list;
import static dev.plumbline.tests.differential.Trees.listIn;
import static dev.plumbline.tests.differential.Trees.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Random entries of {@code generators}, {@code transformers} and {@code validators}, inline, in files and in folders. */
final class Plugins {

    private static final List<String> TRANSFORMERS = List.of(
            "AnnotationsTransformer",
            "LabelTransformer",
            "NamespaceTransformer",
            "PrefixTransformer",
            "SuffixTransformer",
            "PrefixSuffixTransformer",
            "PatchTransformer",
            "PatchStrategicMergeTransformer",
            "PatchJson6902Transformer",
            "ImageTagTransformer",
            "ReplicaCountTransformer",
            "ValueAddTransformer",
            "HashTransformer");

    private final Dice dice;
    private final Features.Files files;
    private final Patches patches;
    private final boolean careful;
    private int count;

    Plugins(Dice dice, Features.Files files, boolean careful) {
        this.dice = dice;
        this.files = files;
        this.patches = new Patches(dice, careful);
        this.careful = careful;
    }

    /** What only the kustomization that is built may say. */
    void options(Layer layer) {
        if (dice.one(6)) {
            List<String> options =
                    List.of("managedByLabel", "originAnnotations", "transformerAnnotations", "unknownOption");
            layer.kustomization.put("buildMetadata", dice.some(options, 50));
        }
        if (dice.one(6)) {
            Map<String, @Nullable Object> options = map("order", dice.pick("fifo", "legacy", careful ? "legacy" : ""));
            if (options.get("order").equals("legacy") ? dice.one(2) : !careful && dice.one(5)) {
                options.put(
                        "legacySortOptions",
                        map(
                                "orderFirst",
                                        dice.pick(
                                                list("Service", "Deployment"), list(), list("ConfigMap", "ConfigMap")),
                                "orderLast", dice.pick(list("Namespace", "Secret"), list("Service"))));
            }
            layer.kustomization.put("sortOptions", options);
        }
    }

    void addTo(Layer layer) {
        if (dice.one(12)) {
            add(layer, "generators", generator(layer));
        }
        for (int i = dice.one(9) ? dice.between(1, 2) : 0; i > 0 && !layer.objects.isEmpty(); i--) {
            add(layer, "transformers", transformer(layer));
        }
        if (dice.one(careful ? 200 : 40) && !layer.objects.isEmpty()) {
            add(layer, "validators", dice.one(3) ? transformer(layer) : mark());
        }
    }

    private void add(Layer layer, String field, Map<String, @Nullable Object> plugin) {
        String name = "plugin-" + count++;
        List<@Nullable Object> entries = listIn(layer.kustomization, field);
        switch (dice.below(3)) {
            case 0 -> entries.add(files.text(plugin) + (dice.one(2) ? "" : "# end\n"));
            case 1 -> {
                files.yaml(layer.path(name + ".yaml"), plugin);
                entries.add(name + ".yaml");
            }
            default -> {
                files.yaml(name + "/plugin.yaml", plugin);
                Map<String, @Nullable Object> kustomization = map("resources", list("plugin.yaml"));
                if (dice.one(4)) {
                    kustomization.put(dice.pick("namePrefix", "namespace"), dice.pick("prod", "other"));
                }
                files.yaml(name + "/kustomization.yaml", kustomization);
                entries.add("../" + name);
            }
        }
    }

    private Map<String, @Nullable Object> plugin(String kind) {
        Map<String, @Nullable Object> metadata = map("name", "plugin" + count);
        if (dice.one(8)) {
            metadata.put("namespace", dice.pick("prod", "dev"));
        }
        return map(
                "apiVersion",
                careful || !dice.one(30) ? "builtin" : "example.com/v1",
                "kind",
                kind,
                "metadata",
                metadata);
    }

    private Map<String, @Nullable Object> generator(Layer layer) {
        if (dice.one(5)) {
            Map<String, @Nullable Object> plugin = plugin("IAMPolicyGenerator");
            plugin.put("cloud", careful ? "gke" : dice.pick("gke", "aws"));
            plugin.put("kubernetesService", dice.pick(map("name", "account"), map("name", "web", "namespace", "prod")));
            plugin.put("serviceAccount", map("name", "gsa", "projectId", "project"));
            return plugin;
        }
        boolean secret = dice.one(3);
        Map<String, @Nullable Object> plugin = plugin(secret ? "SecretGenerator" : "ConfigMapGenerator");
        plugin.put("literals", dice.pick(list("a=b"), list("a=b", "c=d e"), list(careful ? "x=" : "broken")));
        if (dice.one(3)) {
            plugin.put("options", map("disableNameSuffixHash", dice.one(2), "labels", map("made", "yes")));
        }
        if (dice.one(3) && !layer.generated.isEmpty()) {
            Made known = dice.pick(layer.generated);
            plugin.put("name", known.name());
            plugin.put("behavior", dice.pick("merge", "replace"));
        }
        return plugin;
    }

    private Map<String, @Nullable Object> mark() {
        Map<String, @Nullable Object> plugin = plugin("LabelTransformer");
        plugin.put("labels", map("validated-by", "tests"));
        plugin.put("fieldSpecs", list(map("path", "metadata/labels", "create", true)));
        return plugin;
    }

    private Map<String, @Nullable Object> transformer(Layer layer) {
        String kind = dice.pick(TRANSFORMERS);
        Made made = dice.pick(layer.objects);
        Map<String, @Nullable Object> plugin = plugin(kind);
        switch (kind) {
            case "AnnotationsTransformer" -> plugin.put("annotations", map("noted", dice.pick("yes", "1", "")));
            case "LabelTransformer" -> plugin.put("labels", map("labelled", dice.pick((Object) "a", 1, true, "")));
            case "NamespaceTransformer" -> namespace(plugin);
            case "PrefixTransformer" -> plugin.put("prefix", dice.pick((Object) "pp-", "x", 5));
            case "SuffixTransformer" -> plugin.put("suffix", dice.pick((Object) "-ss", "x", 5));
            case "PrefixSuffixTransformer" -> {
                plugin.put("prefix", "both-");
                plugin.put("suffix", dice.pick("-both", ""));
            }
            case "PatchTransformer", "PatchStrategicMergeTransformer", "PatchJson6902Transformer" ->
                patch(plugin, made, layer);
            case "ImageTagTransformer" ->
                plugin.put(
                        "imageTag",
                        map(
                                "name",
                                dice.pick("nginx", "app", "busybox"),
                                dice.pick("newTag", "newName", "digest", "tagSuffix"),
                                dice.pick((Object) "v3", 7)));
            case "ReplicaCountTransformer" ->
                plugin.put("replica", map("name", made.name(), "count", dice.between(0, 4)));
            case "ValueAddTransformer" -> valueAdd(plugin, made);
            default -> {}
        }
        if (dice.percent(careful ? 97 : 80)) {
            plugin.put("fieldSpecs", fieldSpecs(kind, made));
        }
        return plugin;
    }

    private void namespace(Map<String, @Nullable Object> plugin) {
        Trees.mapIn(plugin, "metadata").put("namespace", dice.pick("prod", "dev", "default"));
        if (dice.one(3)) {
            plugin.put("unsetOnly", dice.one(2));
        }
        if (dice.one(3)) {
            plugin.put(
                    "setRoleBindingSubjects",
                    dice.pick("none", "defaultOnly", "allServiceAccounts", careful ? "" : "bad"));
        }
    }

    private List<@Nullable Object> fieldSpecs(String kind, Made made) {
        String path = switch (kind) {
            case "AnnotationsTransformer" -> dice.pick("metadata/annotations", "spec/template/metadata/annotations");
            case "LabelTransformer" -> dice.pick("metadata/labels", "spec/template/metadata/labels", "spec/selector");
            case "ReplicaCountTransformer" -> "spec/replicas";
            case "ImageTagTransformer" -> "spec/image";
            default -> "metadata/name";
        };
        Map<String, @Nullable Object> spec = map("path", path);
        if (kind.equals("ReplicaCountTransformer") || dice.one(4)) {
            spec.put("kind", made.kind());
        }
        if (dice.one(2)) {
            spec.put("create", dice.one(2));
        }
        return list(spec);
    }

    private void patch(Map<String, @Nullable Object> plugin, Made made, Layer layer) {
        switch (String.valueOf(plugin.get("kind"))) {
            case "PatchTransformer" -> {
                plugin.put("target", patches.target(made));
                plugin.put("patch", files.text(dice.one(2) ? patches.merge(made) : patches.operations(made)));
            }
            case "PatchStrategicMergeTransformer" -> {
                String text = files.text(patches.merge(made));
                if (dice.one(2)) {
                    plugin.put("patches", text);
                } else {
                    String name = "merge-" + count + ".yaml";
                    files.raw(layer.path(name), text);
                    plugin.put("paths", new ArrayList<>(List.of(name)));
                }
            }
            default -> {
                plugin.put("target", map("kind", made.kind(), "name", made.name()));
                plugin.put("jsonOp", files.text(patches.operations(made)));
            }
        }
    }

    private void valueAdd(Map<String, @Nullable Object> plugin, Made made) {
        if (dice.one(2)) {
            plugin.put("value", dice.pick((Object) "peach", 5, "two words", "x/y"));
        }
        Map<String, @Nullable Object> target = map(
                "fieldPath",
                dice.pick(
                        "metadata/namespace",
                        "metadata/annotations/added",
                        "metadata/labels/example.com\\/x",
                        "spec/template/spec/containers/[name=web]/image",
                        "spec/template/spec/containers/0/command",
                        "spec/added/deep",
                        "metadata/name"));
        if (dice.one(2)) {
            target.put("selector", map("kind", made.kind(), "name", made.name()));
        }
        if (dice.one(3)) {
            target.put("filePathPosition", dice.between(0, 3));
        }
        plugin.put("targets", list(target));
    }
}
