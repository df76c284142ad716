package dev.plumbline.tests.differential;

import static dev.plumbline.tests.differential.Trees.listIn;
import static dev.plumbline.tests.differential.Trees.map;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Random {@code configMapGenerator} and {@code secretGenerator} entries with the files that they read. */
final class Generators {

    private final Dice dice;
    private final Features.Files files;
    private final Names names;
    private final boolean careful;

    Generators(Dice dice, Features.Files files, Names names, boolean careful) {
        this.dice = dice;
        this.files = files;
        this.names = names;
        this.careful = careful;
    }

    void addTo(Layer layer, List<Made> below) {
        for (int i = dice.between(0, 2); i > 0; i--) {
            boolean secret = dice.one(3);
            Map<String, @Nullable Object> entry = entry(secret ? "Secret" : "ConfigMap", layer, below);
            sources(layer, entry, i);
            if (secret && dice.one(3)) {
                entry.put("type", dice.pick("Opaque", "kubernetes.io/tls", "example.com/x"));
            }
            if (dice.one(3)) {
                entry.put("options", options());
            }
            listIn(layer.kustomization, secret ? "secretGenerator" : "configMapGenerator")
                    .add(entry);
        }
        if (dice.one(5)) {
            layer.kustomization.put("generatorOptions", options());
        }
    }

    private Map<String, @Nullable Object> entry(String kind, Layer layer, List<Made> below) {
        List<Made> known = below.stream().filter(made -> made.is(kind)).toList();
        Map<String, @Nullable Object> entry = map();
        if (!known.isEmpty() && dice.one(2)) {
            Made base = dice.pick(known);
            entry.put("name", base.name());
            if (!base.namespace().isEmpty()) {
                entry.put("namespace", base.namespace());
            }
            entry.put("behavior", dice.pick("merge", "merge", "replace", careful ? "merge" : "create"));
            return entry;
        }
        entry.put("name", names.fresh(kind, careful));
        if (dice.one(5)) {
            entry.put("namespace", dice.pick("prod", "dev", "default"));
        }
        if (!careful && dice.one(8)) {
            entry.put("behavior", dice.pick("create", "merge", "bad"));
        }
        layer.generated.add(new Made(map(
                "apiVersion",
                "v1",
                "kind",
                kind,
                "metadata",
                map("name", entry.get("name"), "namespace", entry.getOrDefault("namespace", "")))));
        return entry;
    }

    private void sources(Layer layer, Map<String, @Nullable Object> entry, int number) {
        if (dice.one(2)) {
            entry.put(
                    "literals",
                    dice.some(
                            List.of(
                                    "k=v",
                                    "empty=",
                                    "quoted=\"a b\"",
                                    "single='c'",
                                    "equals=a=b",
                                    "number=1",
                                    "yes=true",
                                    "html=<a&b>",
                                    "uni=é",
                                    "spaces= x ",
                                    careful ? "z=z" : "broken"),
                            35));
        }
        files(layer, entry, number);
        envs(layer, entry, number);
    }

    private void files(Layer layer, Map<String, @Nullable Object> entry, int number) {
        if (dice.one(3)) {
            String file = "data-" + number + dice.pick(".txt", ".json", ".bin");
            files.raw(
                    layer.path(file),
                    dice.pick(
                            "text\n",
                            "",
                            "no line break",
                            "tabs\tand \"quotes\"\n",
                            "two\nlines\n",
                            " leading\n",
                            "trailing \n",
                            "{\"a\": 1}\n",
                            "win\r\nlines\r\n",
                            "bell\u0007",
                            "\ufeffbom\n"));
            listIn(entry, "files").add(dice.pick(file, "other=" + file, careful ? file : "missing.txt"));
        }
    }

    private void envs(Layer layer, Map<String, @Nullable Object> entry, int number) {
        if (dice.one(4)) {
            String file = "vars-" + number + ".env";
            files.raw(
                    layer.path(file),
                    dice.pick(
                            "A=1\nB=two words\n",
                            "# comment\n\nC=\n",
                            "D=a=b\n  E=indented\n",
                            "F=\"quoted\"\r\nG=x\r\n",
                            careful ? "H=h\n" : "NOEQUALS_LOCAL\n"));
            listIn(entry, "envs").add(file);
        }
    }

    private Map<String, @Nullable Object> options() {
        Map<String, @Nullable Object> options = map();
        if (dice.one(2)) {
            options.put("disableNameSuffixHash", !dice.one(4));
        }
        if (dice.one(3)) {
            options.put("labels", map("generated", dice.pick("yes", "1")));
        }
        if (dice.one(3)) {
            options.put("annotations", map("note", dice.pick("generated", "")));
        }
        if (dice.one(4)) {
            options.put("immutable", dice.one(2));
        }
        return options.isEmpty() ? map("labels", map("a", "b")) : options;
    }
}
