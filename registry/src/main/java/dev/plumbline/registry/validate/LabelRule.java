package dev.plumbline.registry.validate;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Labels and annotations are ones that Kubernetes accepts. */
final class LabelRule implements Rule {

    private static final int MAX_LABEL = 63;
    private static final int MAX_PREFIX = 253;
    private static final int MAX_ANNOTATIONS = 256 * 1024;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");
    private static final Pattern PREFIX = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");

    @Override
    public String id() {
        return "invalid-label";
    }

    @Override
    public Group group() {
        return Group.SERVER;
    }

    @Override
    public String description() {
        return "Labels and annotations are ones that Kubernetes accepts.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        Tree.map(object.content(), "metadata", "labels").forEach((key, value) -> {
            List<String> path = List.of("metadata", "labels", key);
            key(key, path, report);
            String text = text("label", key, value, path, report);
            if (text != null
                    && !text.isEmpty()
                    && (text.length() > MAX_LABEL || !NAME.matcher(text).matches())) {
                report.add(
                        path,
                        "'" + text + "' is not a value that Kubernetes accepts for a label",
                        "use at most " + MAX_LABEL + " letters, digits, '-', '_' and '.', or an annotation");
            }
        });
        long size = 0;
        for (var entry : Tree.map(object.content(), "metadata", "annotations").entrySet()) {
            List<String> path = List.of("metadata", "annotations", entry.getKey());
            key(entry.getKey(), path, report);
            String text = text("annotation", entry.getKey(), entry.getValue(), path, report);
            size += entry.getKey().length() + (text == null ? 0 : text.length());
        }
        if (size > MAX_ANNOTATIONS) {
            report.add(
                    List.of("metadata", "annotations"),
                    "the annotations have " + size + " characters together, and Kubernetes accepts " + MAX_ANNOTATIONS,
                    "move the content elsewhere");
        }
    }

    private static void key(String key, List<String> path, Report report) {
        int slash = key.indexOf('/');
        String prefix = slash < 0 ? "" : key.substring(0, slash);
        String name = key.substring(slash + 1);
        boolean good = (slash < 0
                        || (prefix.length() <= MAX_PREFIX
                                && PREFIX.matcher(prefix).matches()))
                && name.length() <= MAX_LABEL
                && NAME.matcher(name).matches();
        if (!good) {
            report.add(
                    path,
                    "'" + key + "' is not a key that Kubernetes accepts for labels and annotations",
                    "use 'name' or 'prefix/name' with at most " + MAX_LABEL + " letters, digits, '-', '_' and '.'");
        }
    }

    private static @Nullable String text(
            String what, String key, @Nullable Object value, List<String> path, Report report) {
        if (value instanceof String text) {
            return text;
        }
        report.add(path, "the value of " + what + " '" + key + "' is not text", "put it in quotes");
        return null;
    }
}
