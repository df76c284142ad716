package dev.plumbline.tests.differential;

import static dev.plumbline.tests.differential.Trees.list;
import static dev.plumbline.tests.differential.Trees.listIn;
import static dev.plumbline.tests.differential.Trees.map;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds random fields to a kustomization: each feature of kustomize is one method here or in {@link Generators}. */
final class Features {

    private final Dice dice;
    private final Files files;
    private final Patches patches;
    private final boolean careful;

    /** Takes the files that features bring along. */
    interface Files {
        /** Writes a tree in some YAML style. */
        void yaml(String path, @Nullable Object tree);

        /** Writes documents in some YAML style. */
        String text(@Nullable Object tree);

        /** Writes a text as it is. */
        void raw(String path, String text);
    }

    Features(Dice dice, Files files, boolean careful) {
        this.dice = dice;
        this.files = files;
        this.patches = new Patches(dice, careful);
        this.careful = careful;
    }

    /** Adds some of everything. */
    void addTo(Layer layer) {
        Map<String, @Nullable Object> kustomization = layer.kustomization;
        int percent = dice.pick(5, 15, 25, 40);
        if (dice.percent(percent)) {
            kustomization.put("namespace", dice.pick("prod", "dev", "default"));
        }
        if (dice.percent(percent)) {
            kustomization.put("namePrefix", dice.pick("a-", "b-", "team-"));
        }
        if (dice.percent(percent)) {
            kustomization.put("nameSuffix", dice.pick("-x", "-v2"));
        }
        metadata(kustomization, percent);
        if (dice.percent(percent)) {
            images(kustomization);
        }
        if (dice.percent(percent)) {
            replicas(layer);
        }
        for (int i = dice.percent(percent) ? 2 : 0; i > 0 && !layer.objects.isEmpty(); i--) {
            patch(layer);
        }
        if (dice.percent(percent) && !layer.objects.isEmpty()) {
            deprecatedPatch(layer);
        }
        if (dice.percent(percent / 2)) {
            configuration(layer);
        }
    }

    private void metadata(Map<String, @Nullable Object> kustomization, int percent) {
        if (dice.percent(percent)) {
            Map<String, @Nullable Object> label = map("pairs", pairs());
            for (String flag :
                    dice.some(List.of("includeSelectors", "includeTemplates", "includeVolumeClaimTemplates"), 30)) {
                label.put(flag, !dice.one(5));
            }
            if (dice.one(4)) {
                label.put(
                        "fields",
                        list(map(
                                "path",
                                dice.pick("spec/labels", "metadata/labels", "spec/template/metadata/labels"),
                                "kind",
                                dice.pick("Widget", "Deployment"),
                                "create",
                                careful || dice.one(2))));
            }
            listIn(kustomization, "labels").add(label);
        }
        if (dice.percent(percent)) {
            kustomization.put("commonLabels", pairs());
        }
        if (dice.percent(percent)) {
            kustomization.put("commonAnnotations", map("owner", dice.pick("team", "1", "a: b", "")));
        }
    }

    private Map<String, @Nullable Object> pairs() {
        return dice.pick(
                map("env", "prod"), map("app", "common"), map("env", "dev", "example.com/part", "1"), map("tier", ""));
    }

    private void images(Map<String, @Nullable Object> kustomization) {
        for (int i = dice.between(1, 2); i > 0; i--) {
            Map<String, @Nullable Object> image = map(
                    "name",
                    dice.pick("nginx", "app", "registry.example:5000/team/app", "busybox", "ngin.", "team/app"));
            for (String field : dice.some(List.of("newName", "newTag", "digest", "tagSuffix"), 40)) {
                image.put(
                        field,
                        switch (field) {
                            case "newName" -> dice.pick("other", "registry.example/other");
                            case "newTag" -> dice.pick("v2", "1.0");
                            case "digest" -> "sha256:feed";
                            default -> "-alpine";
                        });
            }
            listIn(kustomization, "images").add(image);
        }
    }

    private void replicas(Layer layer) {
        List<Made> scalable = layer.objects.stream()
                .filter(made -> made.is("Deployment") || made.is("StatefulSet"))
                .toList();
        if (!scalable.isEmpty() || !careful) {
            String name = scalable.isEmpty() ? "web" : dice.pick(scalable).name();
            listIn(layer.kustomization, "replicas").add(map("name", name, "count", dice.between(0, 5)));
        }
    }

    private void patch(Layer layer) {
        Made made = dice.pick(layer.objects);
        Map<String, @Nullable Object> entry = map();
        @Nullable Object content;
        if (dice.one(3)) {
            entry.put("target", patches.target(made));
            content = patches.operations(made);
        } else {
            if (dice.one(3)) {
                entry.put("target", patches.target(made));
            }
            content = patches.merge(made);
            if (dice.one(8)) {
                Trees.mapIn(Trees.asMap(content), "metadata")
                        .put("name", careful ? "renamed-" + made.name() : "renamed");
                entry.put("target", patches.target(made));
                // The hash of a generated object that became one of another kind is a known gap.
                boolean sameKind =
                        made.kind().equals(Trees.mapIn(entry, "target").get("kind"));
                entry.put("options", map("allowNameChange", true, "allowKindChange", sameKind && dice.one(2)));
            }
        }
        place(layer, entry, content);
        listIn(layer.kustomization, "patches").add(entry);
    }

    private void place(Layer layer, Map<String, @Nullable Object> entry, @Nullable Object content) {
        String text = files.text(content);
        if (dice.one(2)) {
            entry.put("patch", text);
        } else {
            String name = "patch-" + layer.kustomization.size() + "-"
                    + listIn(layer.kustomization, "patches").size() + ".yaml";
            files.raw(layer.path(name), text);
            entry.put("path", name);
        }
    }

    private void deprecatedPatch(Layer layer) {
        Made made = dice.pick(layer.objects);
        if (dice.one(2)) {
            String text = files.text(patches.merge(made));
            if (dice.one(3)) {
                text += "---\n" + files.text(patches.merge(dice.pick(layer.objects)));
            }
            if (dice.one(2)) {
                listIn(layer.kustomization, "patchesStrategicMerge").add(text);
            } else {
                files.raw(layer.path("merge.yaml"), text);
                listIn(layer.kustomization, "patchesStrategicMerge").add("merge.yaml");
            }
        } else {
            Map<String, @Nullable Object> target =
                    map("version", made.version(), "kind", made.kind(), "name", made.name());
            if (!made.group().isEmpty()) {
                target.put("group", made.group());
            }
            Map<String, @Nullable Object> entry = map("target", target);
            String text = files.text(patches.operations(made));
            if (dice.one(2)) {
                entry.put("patch", text);
            } else {
                files.raw(layer.path("json.yaml"), text);
                entry.put("path", "json.yaml");
            }
            listIn(layer.kustomization, "patchesJson6902").add(entry);
        }
    }

    private void configuration(Layer layer) {
        Map<String, @Nullable Object> configuration = map();
        if (dice.one(2)) {
            configuration.put(
                    "nameReference",
                    list(map(
                            "kind",
                            "ConfigMap",
                            "version",
                            "v1",
                            "fieldSpecs",
                            list(map(
                                    "kind",
                                    dice.pick("Widget", "Gadget"),
                                    "path",
                                    dice.pick("spec/configRef/name", "spec/configRef"))))));
        }
        if (dice.one(3)) {
            listIn(configuration, "nameReference")
                    .add(map(
                            "kind",
                            "WorkflowTemplate",
                            "fieldSpecs",
                            list(map(
                                    "kind",
                                    "WorkflowTemplate",
                                    "path",
                                    dice.pick(
                                            "spec/templates/dag/tasks/templateRef/name",
                                            "spec/templates[]/dag/tasks[]/templateRef/name")))));
        }
        fieldSpecs(configuration);
        files.yaml(layer.path("configuration.yaml"), configuration);
        listIn(layer.kustomization, "configurations").add("configuration.yaml");
    }

    private void fieldSpecs(Map<String, @Nullable Object> configuration) {
        if (dice.one(3)) {
            configuration.put(
                    "commonLabels",
                    list(map("kind", "Widget", "path", "spec/selector", "create", !careful && dice.one(2))));
        }
        if (dice.one(3)) {
            configuration.put("images", list(map("kind", "Widget", "path", "spec/image")));
        }
        if (dice.one(4)) {
            configuration.put(
                    "replicas", list(map("kind", "Widget", "path", "spec/size", "create", !careful && dice.one(2))));
        }
        if (dice.one(4)) {
            configuration.put("namePrefix", list(map("kind", "Widget", "path", "spec/image")));
        }
        if (dice.one(4)) {
            configuration.put(
                    "commonAnnotations", list(map("kind", "Gadget", "path", "spec/notes", "create", !careful)));
        }
        if (dice.one(4)) {
            configuration.put(
                    "namespace",
                    list(map("kind", "Gadget", "path", "spec/namespace", "create", !careful && dice.one(2))));
        }
    }
}
