package dev.plumbline.registry.query;

import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Two answers about models side by side: what differs, and how much is the same. */
final class Comparison {

    private static final List<String> PLAIN = List.of("verdict", "mlflowRun");

    /** Outputs that say which model it is, without dashes and case; all others say how good it is. */
    private static final Set<String> OF_THE_MODEL =
            Set.of("modelname", "modelversion", "modeluri", "mlflowrunid", "datadigest");

    private Comparison() {}

    /** The differences between two answers of {@link RunQueries#provenance}. */
    static Map<String, @Nullable Object> of(Map<String, @Nullable Object> one, Map<String, @Nullable Object> other) {
        Map<String, String> first = facts(one);
        Map<String, String> second = facts(other);
        List<@Nullable Object> differences = new ArrayList<>();
        long same = 0;
        TreeSet<String> all = new TreeSet<>(first.keySet());
        all.addAll(second.keySet());
        for (String fact : all) {
            String left = first.getOrDefault(fact, "");
            String right = second.getOrDefault(fact, "");
            if (left.equals(right)) {
                same++;
            } else {
                Map<String, @Nullable Object> difference = new LinkedHashMap<>();
                difference.put("what", fact);
                difference.put("one", left);
                difference.put("other", right);
                differences.add(difference);
            }
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("kind", "comparison");
        tree.put("one", name(one));
        tree.put("other", name(other));
        tree.put("differences", differences);
        tree.put("same", same);
        return tree;
    }

    private static String name(Map<String, @Nullable Object> answer) {
        String version = Tree.text(answer, "model", "version");
        return Tree.text(answer, "model", "name") + (version.isEmpty() ? "" : ":" + version);
    }

    /** What is known of a model, fact by fact; names of versions of templates are left out, their content is compared. */
    private static Map<String, String> facts(Map<String, @Nullable Object> answer) {
        Map<String, String> facts = new TreeMap<>();
        for (String key : PLAIN) {
            facts.put(key, Tree.text(answer, key));
        }
        facts.put("commit", Tree.text(answer, "commit", "id"));
        facts.put("release", Tree.text(answer, "run", "release"));
        facts.put("executor", Tree.text(answer, "run", "executor"));
        facts.put("model digest", Tree.text(answer, "model", "digest"));
        facts.put("metric accuracy", Tree.text(answer, "model", "accuracy"));
        Tree.maps(answer, "templates").forEach(template -> {
            String object = Tree.text(template, "object");
            String reference = Tree.text(template, "reference");
            boolean spec = reference.equals("spec") || reference.startsWith("spec/");
            facts.put(
                    "template " + (spec || object.isEmpty() ? reference : object + " " + last(reference)),
                    Tree.text(template, "digest"));
        });
        Tree.maps(answer, "files")
                .forEach(file -> facts.put("step code " + Tree.text(file, "file"), Tree.text(file, "digest")));
        Tree.map(answer, "parameters").forEach((name, value) -> facts.put("parameter " + name, String.valueOf(value)));
        Tree.map(answer, "images").forEach((where, image) -> facts.put("image " + where, String.valueOf(image)));
        Tree.map(answer, "outputs").forEach((name, value) -> {
            if (!OF_THE_MODEL.contains(name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT))) {
                facts.put("metric " + name, String.valueOf(value));
            }
        });
        Map<String, @Nullable Object> data = Tree.map(answer, "dataDigests");
        facts.put(
                "data",
                new TreeSet<>(data.values().stream().map(String::valueOf).toList()).toString());
        return facts;
    }

    private static String last(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }
}
