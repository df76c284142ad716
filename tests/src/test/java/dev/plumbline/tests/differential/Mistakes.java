package dev.plumbline.tests.differential;

import java.util.ArrayList;
import java.util.List;

/** Breaks a case on purpose, as people do. */
final class Mistakes {

    private static final List<String> LINES = List.of(
            "unknownField: 1",
            "resources: text",
            "namePrefix: [a]",
            "patches: {}",
            "namespace: 1",
            "images: [nginx]",
            "commonLabels: [a]",
            "resources: [missing.yaml]",
            "labels: [{pairs: text}]",
            "replicas: [{name: none, count: 1}]",
            "patches: [{path: none.yaml}]",
            "configMapGenerator: [{literals: [a=b]}]",
            "namePrefix:",
            "metadata: {name: x}",
            "kind: Other",
            "apiVersion: v9",
            "bases: []",
            "commonLabels: {a: 1}",
            "commonAnnotations: {a: true}",
            "patches: [{target: {kind: '*'}, patch: 'a: b'}]",
            "replicas: [{name: web, count: text}]",
            "images: [{name: '[', newTag: a}]",
            "generatorOptions: {unknown: 1}",
            "secretGenerator: [{name: s, type: 1}]");

    private final Dice dice;

    Mistakes(Dice dice) {
        this.dice = dice;
    }

    Case in(Case good) {
        List<String> paths = new ArrayList<>(good.files().keySet());
        String path = dice.pick(paths);
        String text = good.files().get(path);
        List<String> lines = new ArrayList<>(List.of((text == null ? "" : text).split("\n", -1)));
        int at = dice.below(lines.size());
        switch (dice.below(7)) {
            case 0 -> {
                return good.with(path, "");
            }
            case 1 -> lines.remove(at);
            case 2 -> lines.set(at, lines.get(at).replaceFirst("^ ", ""));
            case 3 -> lines.add(at, lines.get(at));
            case 4 ->
                lines.set(
                        at,
                        lines.get(at)
                                .replaceFirst(
                                        ": .*",
                                        ": "
                                                + dice.pick(
                                                        "[1]", "{a: b}", "1", "null", "\"x", "*none", "!!str 1",
                                                        "- a")));
            case 5 -> lines.set(at, lines.get(at).replaceFirst("[a-z]", dice.pick("Q", "\t", "'", "%", ":")));
            default -> {
                String kustomization = paths.stream()
                        .filter(name -> name.toLowerCase(java.util.Locale.ROOT).contains("kustomization"))
                        .toList()
                        .getFirst();
                return good.with(kustomization, good.files().get(kustomization) + dice.pick(LINES) + "\n");
            }
        }
        return good.with(path, String.join("\n", lines) + "\n");
    }
}
