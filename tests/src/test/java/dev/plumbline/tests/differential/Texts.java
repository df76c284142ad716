package dev.plumbline.tests.differential;

import static dev.plumbline.tests.differential.Trees.list;
import static dev.plumbline.tests.differential.Trees.listIn;
import static dev.plumbline.tests.differential.Trees.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Config maps whose data is YAML text in some layout, and replacements whose paths go on inside it. */
final class Texts {

    private static final List<String> KEYS = List.of("a", "b", "port", "name", "url");

    private final Dice dice;
    private final Features.Files files;
    private final StringBuilder out = new StringBuilder();
    private final List<String> paths = new ArrayList<>();
    private final boolean comments;
    private final int step;
    private final int listStep;

    Texts(Dice dice, Features.Files files) {
        this.dice = dice;
        this.files = files;
        this.comments = dice.one(2);
        this.step = dice.pick(2, 2, 2, 4);
        this.listStep = dice.pick(0, 2);
    }

    void addTo(Layer layer) {
        String text = text();
        files.raw(
                layer.path("texts.yaml"),
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: texts}\ndata:\n  text: |\n"
                        + text.replaceAll("(?m)^(?=.)", "    "));
        listIn(layer.kustomization, "resources").add("texts.yaml");
        for (int i = dice.between(1, 2); i > 0; i--) {
            listIn(layer.kustomization, "replacements").add(replacement());
        }
    }

    private Map<String, @Nullable Object> replacement() {
        String path = dice.pick(paths);
        Map<String, @Nullable Object> target = map("select", map("kind", "ConfigMap", "name", "texts"));
        Map<String, @Nullable Object> options = map();
        if (dice.one(4)) {
            path = dice.pick("made", "a.made", "made.deep", "made.0", path);
            options.put("create", true);
        }
        if (dice.one(6)) {
            options.put("delimiter", dice.pick("/", "-"));
            options.put("index", dice.pick(0, 1, -1, 9));
        }
        target.put("fieldPaths", list("data.text." + path));
        if (!options.isEmpty()) {
            target.put("options", options);
        }
        return map(
                "sourceValue",
                dice.pick("given", "5", "true", "a: b", "a/b", "1.5", "", "it's", "two\nlines\n", "- x", "null", "é"),
                "targets",
                list(target));
    }

    private String text() {
        if (comments && dice.one(3)) {
            out.append("# top\n").append(dice.one(2) ? "\n" : "").append(dice.one(4) ? "# second\n" : "");
        }
        if (dice.one(8)) {
            out.append("---\n");
        }
        if (dice.one(6)) {
            items(0, "", 0, false);
        } else {
            entries(0, "", 0, false);
        }
        return out.toString();
    }

    private void margin(int indent, boolean inLine) {
        if (inLine) {
            return;
        }
        if (dice.one(10)) {
            out.append('\n');
        }
        if (comments && dice.one(5)) {
            out.repeat(" ", dice.one(12) ? indent + 2 : indent).append("# above\n");
            if (dice.one(4)) {
                out.repeat(" ", indent).append("# more\n");
            }
            out.append(dice.one(12) ? "\n" : "");
        }
        out.repeat(" ", indent);
    }

    private void entries(int indent, String path, int depth, boolean inLine) {
        boolean first = inLine;
        for (String key : dice.some(KEYS, 50)) {
            margin(indent, first);
            first = false;
            out.append(dice.pick(key, key, key, "'" + key + "'", '"' + key + '"'))
                    .append(':');
            child(indent, path + (path.isEmpty() ? "" : ".") + key, depth, false);
        }
        if (first == inLine) {
            margin(indent, first);
            out.append("only:");
            child(indent, path + (path.isEmpty() ? "" : ".") + "only", 9, false);
        }
    }

    private void items(int indent, String path, int depth, boolean inLine) {
        boolean first = inLine;
        for (int i = 0; i < dice.between(1, 3); i++) {
            margin(indent, first);
            first = false;
            out.append('-');
            child(indent, path + (path.isEmpty() ? "" : ".") + i, depth, true);
        }
    }

    private void child(int indent, String path, int depth, boolean item) {
        int kind = depth > 2 ? 0 : dice.below(6);
        if (kind == 1) {
            inside(item);
            entries(indent + (item ? 2 : step), path, depth + 1, item);
        } else if (kind == 2) {
            inside(item);
            items(indent + (item ? 2 : listStep), path, depth + 1, item);
        } else {
            paths.add(path);
            scalar(indent + step);
        }
    }

    /** Between a key or dash and the block under it. */
    private void inside(boolean item) {
        if (item) {
            out.append(' ');
        } else {
            out.append(comments && dice.one(6) ? " # group\n" : "\n");
        }
    }

    private void scalar(int indent) {
        String margin = " ".repeat(indent);
        String value = dice.pick(
                " word",
                " 5",
                " true",
                " \"quoted\"",
                " 'single'",
                " a b",
                " http://x/y-z",
                " {a: 1, b: [x, 'y']}",
                " [1, two]",
                "",
                " ~",
                " 1.50",
                " 2020-01-01",
                " 'it''s'",
                " \"tab\\there\"",
                " {}",
                " []",
                " 0x1F",
                " yes",
                " \"5\"",
                " |\n" + margin + "line\n" + margin + "  more",
                " >-\n" + margin + "folded\n" + margin + "text",
                " |-\n" + margin + "# no comment",
                " plain\n" + margin + "over lines",
                " 'x # y'");
        boolean commented = comments && dice.one(5);
        if (commented && !value.contains("\n")) {
            out.append(value).append(dice.pick(" # behind", "   # behind"));
        } else {
            out.append(value);
        }
        out.append('\n');
    }
}
