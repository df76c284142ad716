package dev.plumbline.registry.render;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code vars}. */
final class VarReader {

    private static final List<String> ENTRY = List.of("name", "objref", "fieldref");
    private static final List<String> OBJECT = List.of("apiVersion", "group", "version", "kind", "name", "namespace");
    private static final List<String> FIELD = List.of("fieldPath");
    private static final Pattern POSITION = Pattern.compile("(.*)\\[(\\d{1,9})]");

    private VarReader() {}

    static List<Var> read(Kustomization kustomization, Problems problems) {
        List<Var> vars = new ArrayList<>();
        for (Fields entry : kustomization.fields().maps("vars")) {
            entry.onlyKnown(ENTRY, "an entry of vars");
            Fields object = entry.map("objref");
            if (object == null) {
                problems.error(
                        "render-var",
                        entry.place(),
                        "the var " + entry.text("name") + " names no object",
                        "add objref with apiVersion, kind and name");
                continue;
            }
            object.onlyKnown(OBJECT, "an objref");
            vars.add(new Var(
                    entry.text("name"),
                    gvk(object),
                    object.text("namespace"),
                    object.text("name"),
                    path(entry.map("fieldref")),
                    entry.place()));
        }
        return vars;
    }

    /** {@code apiVersion} goes before {@code group} and {@code version}. */
    private static Gvk gvk(Fields object) {
        String[] parts = object.text("apiVersion").split("/", -1);
        String kind = object.text("kind");
        if (parts.length == 2) {
            return new Gvk(parts[0], parts[1], kind);
        }
        boolean written = parts.length == 1 && !parts[0].isEmpty();
        return new Gvk(object.text("group"), written ? parts[0] : object.text("version"), kind);
    }

    /** The field's path, where {@code ports[0]} is the same as {@code ports.0}. */
    private static ReplacementPath path(@Nullable Fields field) {
        String written = "";
        if (field != null) {
            field.onlyKnown(FIELD, "a fieldref");
            written = field.text("fieldPath");
        }
        ReplacementPath path = ReplacementPath.of(written.isEmpty() ? Replacement.DEFAULT_PATH : written);
        List<String> steps = new ArrayList<>();
        for (String step : path.steps()) {
            Matcher matcher = POSITION.matcher(step);
            if (matcher.matches()) {
                if (!matcher.group(1).isEmpty()) {
                    steps.add(matcher.group(1));
                }
                steps.add(matcher.group(2));
            } else {
                steps.add(step);
            }
        }
        return new ReplacementPath(path.written(), List.copyOf(steps));
    }
}
