package dev.plumbline.tests.differential;

import static dev.plumbline.tests.differential.Trees.list;
import static dev.plumbline.tests.differential.Trees.listIn;
import static dev.plumbline.tests.differential.Trees.map;
import static dev.plumbline.tests.differential.Trees.mapIn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Random {@code replacements} and {@code vars}: values of fields that are put into other fields. */
final class Substitutions {

    private final Dice dice;
    private final Features.Files files;
    private final boolean careful;
    private int count;

    Substitutions(Dice dice, Features.Files files, boolean careful) {
        this.dice = dice;
        this.files = files;
        this.careful = careful;
    }

    /**
     * A single value somewhere in an object.
     *
     * @param path its path as replacements write it
     * @param value what stands there
     */
    private record Leaf(String path, @Nullable Object value) {

        boolean isText() {
            return value instanceof String text && !text.isBlank();
        }

        /**
         * Whether it reads as text also without quotes. What kustomize makes of another one in a new field depends on the patches
         * that come by later, which is a known gap.
         */
        boolean isWord() {
            return value instanceof String text && text.matches("(?!(?i:true|yes|no)$)[a-zA-Z][a-zA-Z0-9_./:-]+");
        }
    }

    void addTo(Layer layer) {
        if (layer.objects.isEmpty()) {
            return;
        }
        for (int i = dice.one(8) ? dice.between(1, 2) : 0; i > 0; i--) {
            replacement(layer);
        }
        if (dice.one(14)) {
            variable(layer);
        }
    }

    private void replacement(Layer layer) {
        Made from = dice.pick(layer.objects);
        Leaf source = leaf(from);
        Map<String, @Nullable Object> entry = map();
        if (dice.one(8)) {
            entry.put("sourceValue", careful ? "given" : dice.pick("given", "1", "a/b"));
        } else {
            Map<String, @Nullable Object> selector = selector(from);
            if (!source.path().equals("metadata.name") || dice.one(2)) {
                selector.put("fieldPath", source.path());
            }
            if (dice.one(5)) {
                selector.put(
                        "options", map("delimiter", dice.pick("-", "/", ":"), "index", careful ? 0 : dice.below(3)));
            }
            entry.put("source", selector);
        }
        for (int i = dice.between(1, 2); i > 0; i--) {
            listIn(entry, "targets").add(target(dice.pick(layer.objects)));
        }
        List<@Nullable Object> entries = listIn(layer.kustomization, "replacements");
        if (dice.one(4)) {
            String name = "replacement-" + count++ + ".yaml";
            files.yaml(layer.path(name), dice.one(2) ? entry : list(entry));
            entries.add(map("path", name));
        } else {
            entries.add(entry);
        }
    }

    /** Names the object, mostly so that no other is meant. */
    private Map<String, @Nullable Object> selector(Made made) {
        Map<String, @Nullable Object> selector = map("kind", made.kind(), "name", made.name());
        if (careful || dice.one(3)) {
            selector.put("version", made.version());
        }
        if (!made.group().isEmpty() && dice.one(3)) {
            selector.put("group", made.group());
        }
        if (!made.namespace().isEmpty() && dice.one(3)) {
            selector.put("namespace", made.namespace());
        }
        return selector;
    }

    private Map<String, @Nullable Object> target(Made made) {
        Leaf leaf = leaf(made);
        Map<String, @Nullable Object> select = map("kind", made.kind());
        if (careful || !dice.one(3)) {
            select.put("name", made.name());
        }
        Map<String, @Nullable Object> target = map("select", select);
        Map<String, @Nullable Object> options = map();
        String path = leaf.path();
        if (dice.one(4)) {
            path = dice.pick("metadata.labels.copied", "metadata.annotations.copied", "spec.copied.deep");
            options.put("create", true);
        } else if (dice.one(6)) {
            path = path.replaceAll("\\[name=[^]]*]|\\.\\d+(?=\\.|$)", ".*").replace("..", ".");
        }
        if (dice.one(5) && leaf.isText()) {
            options.put("delimiter", dice.pick("-", "/", ":"));
            options.put("index", dice.pick(0, 1, -1, 9));
        }
        target.put("fieldPaths", careful || !dice.one(6) ? list(path) : list(path, "spec.missing"));
        if (!options.isEmpty()) {
            target.put("options", options);
        }
        if (dice.one(8)) {
            target.put("reject", list(map("name", dice.pick("none", made.name()))));
        }
        return target;
    }

    private void variable(Layer layer) {
        Made made = dice.pick(layer.objects);
        String name = count++ == 0 ? "HOST" : "VAR" + count;
        Map<String, @Nullable Object> entry = map(
                "name", name, "objref", map("apiVersion", made.apiVersion(), "kind", made.kind(), "name", made.name()));
        Leaf leaf = leaf(made);
        if (!leaf.path().contains("[") && dice.one(2)) {
            entry.put("fieldref", map("fieldpath", leaf.path()));
        }
        listIn(layer.kustomization, "vars").add(entry);
        mapIn(layer.kustomization, "commonAnnotations")
                .put("noted", dice.pick("$(" + name + ")", "a $(" + name + ") b"));
    }

    /** In careful cases a text, so that it fits wherever another text stands. */
    private Leaf leaf(Made made) {
        List<Leaf> leaves = new ArrayList<>();
        leaves(made.tree(), "", leaves);
        leaves.removeIf(leaf -> leaf.path().matches("apiVersion|kind|metadata\\.namespace"));
        if (careful) {
            leaves.removeIf(leaf -> !leaf.isWord());
        }
        return leaves.isEmpty() ? new Leaf("metadata.name", made.name()) : dice.pick(leaves);
    }

    private static void leaves(@Nullable Object tree, String at, List<Leaf> into) {
        String start = at.isEmpty() ? "" : at + ".";
        if (tree instanceof Map<?, ?> map) {
            map.forEach((key, value) -> leaves(value, start + ((String) key).replace(".", "\\."), into));
        } else if (tree instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                Object item = list.get(i);
                boolean named = item instanceof Map<?, ?> map && map.get("name") instanceof String;
                leaves(item, start + (named ? "[name=" + ((Map<?, ?>) item).get("name") + "]" : i), into);
            }
        } else {
            into.add(new Leaf(at, tree));
        }
    }
}
