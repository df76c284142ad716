package dev.plumbline.registry.render;

import dev.plumbline.registry.yaml.GoYamlWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where {@code buildMetadata} says that an object comes from, in kustomize's words and with paths from the folder that is
 * built: the file that holds it, or what made or changed it.
 *
 * @param path file of an object; empty for what was made
 * @param configuredIn file that asked for the generator or transformer; empty for what was loaded
 * @param by the generator's or transformer's apiVersion, kind, name and namespace, those that it has
 */
record Trace(String path, String configuredIn, Map<String, String> by) {

    /** Order of the fields in which kustomize writes them. */
    private static final String[] BY = {"apiVersion", "kind", "name", "namespace"};

    static Trace loaded(String path) {
        return new Trace(path, "", Map.of());
    }

    /** Whether it says nothing. */
    boolean isEmpty() {
        return path.isEmpty() && configuredIn.isEmpty() && by.isEmpty();
    }

    /** A field of the kustomization file. */
    static Trace field(String configuredIn, String kind) {
        return new Trace("", configuredIn, Map.of("apiVersion", "builtin", "kind", kind));
    }

    /** A plugin's configuration, which was loaded like an object. */
    static Trace plugin(Resource config) {
        Map<String, String> by = new TreeMap<>();
        by.put("apiVersion", config.gvk().apiVersion());
        by.put("kind", config.kind());
        by.put("name", config.name());
        by.put("namespace", config.namespace());
        return new Trace("", config.trace, by);
    }

    /** Joins and cleans paths; steps up at the beginning stay. */
    static String join(String folder, String written) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : (folder + "/" + written).split("/", -1)) {
            if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    /** As YAML, with a final line break. */
    String text() {
        StringBuilder out = new StringBuilder();
        line(out, "", "path", path);
        line(out, "", "configuredIn", configuredIn);
        if (!by.isEmpty()) {
            out.append("configuredBy:\n");
            for (String field : BY) {
                line(out, "  ", field, by.getOrDefault(field, ""));
            }
        }
        return out.toString();
    }

    /** As an element of a list. */
    String element() {
        return "- " + text().replaceAll("\n(?=.)", "\n  ");
    }

    private static void line(StringBuilder out, String margin, String field, String value) {
        if (!value.isEmpty()) {
            out.append(margin).append(GoYamlWriter.write(Map.of(field, value)));
        }
    }
}
