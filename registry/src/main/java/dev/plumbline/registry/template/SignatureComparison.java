package dev.plumbline.registry.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares two states of a {@link Signature}: a caller that was right before must be right after, or it is major. */
final class SignatureComparison {

    private final String inputs;
    private final String outputs;
    private final List<InterfaceChange> changes = new ArrayList<>();

    private SignatureComparison(String inputs, String outputs) {
        this.inputs = inputs;
        this.outputs = outputs;
    }

    /**
     * The differences, by place.
     *
     * @param inputs place of what it takes, such as {@code arguments} or {@code templates.train.inputs}
     * @param outputs place of what it gives
     */
    static List<InterfaceChange> compare(Signature before, Signature after, String inputs, String outputs) {
        SignatureComparison comparison = new SignatureComparison(inputs, outputs);
        comparison.parameters(before.parameters(), after.parameters());
        comparison.artifacts(before.artifacts(), after.artifacts());
        comparison.outputs("parameter", before.outputParameters(), after.outputParameters());
        comparison.outputs("artifact", before.outputArtifacts(), after.outputArtifacts());
        return comparison.changes;
    }

    private void add(Bump bump, String place, String message) {
        changes.add(new InterfaceChange(bump, place, message));
    }

    private void parameters(Map<String, TemplateParameter> before, Map<String, TemplateParameter> after) {
        for (String name : union(before.keySet(), after.keySet())) {
            String place = inputs + ".parameters." + name;
            TemplateParameter was = before.get(name);
            TemplateParameter is = after.get(name);
            if (was == null && is != null) {
                add(
                        is.required() ? Bump.MAJOR : Bump.MINOR,
                        place,
                        is.required()
                                ? "the required parameter " + name + " is new"
                                : "the parameter " + name + " is new");
            } else if (was != null && is == null) {
                add(Bump.MAJOR, place, "the parameter " + name + " is gone");
            } else if (was != null && is != null) {
                parameter(place, was, is);
            }
        }
    }

    private void parameter(String place, TemplateParameter was, TemplateParameter is) {
        String name = was.name();
        if (!was.required() && is.required()) {
            add(Bump.MAJOR, place, "the parameter " + name + " must be given now");
        } else if (was.required() && !is.required()) {
            add(Bump.MINOR, place, "the parameter " + name + " need not be given any more");
        } else if (!Objects.equals(was.defaultValue(), is.defaultValue())) {
            add(
                    Bump.MINOR,
                    place,
                    "the default of " + name + " changes from " + quoted(was.defaultValue()) + " to "
                            + quoted(is.defaultValue()));
        }
        allowed(place, was, is);
        if (!was.description().equals(is.description())) {
            add(Bump.PATCH, place, "the description of " + name + " changes");
        }
    }

    private void allowed(String place, TemplateParameter was, TemplateParameter is) {
        Set<String> lost = new TreeSet<>(was.allowed());
        is.allowed().forEach(lost::remove);
        Set<String> won = new TreeSet<>(is.allowed());
        was.allowed().forEach(won::remove);
        if (was.allowed().isEmpty() && !is.allowed().isEmpty()) {
            add(Bump.MAJOR, place, was.name() + " may only be one of " + String.join(", ", is.allowed()) + " now");
        } else if (!was.allowed().isEmpty() && is.allowed().isEmpty()) {
            add(Bump.MINOR, place, was.name() + " may have any value now");
        } else {
            if (!lost.isEmpty()) {
                add(Bump.MAJOR, place, was.name() + " may not be " + String.join(" or ", lost) + " any more");
            }
            if (!won.isEmpty()) {
                add(Bump.MINOR, place, was.name() + " may also be " + String.join(" or ", won) + " now");
            }
        }
    }

    private void artifacts(Map<String, Boolean> before, Map<String, Boolean> after) {
        for (String name : union(before.keySet(), after.keySet())) {
            String place = inputs + ".artifacts." + name;
            Boolean was = before.get(name);
            Boolean is = after.get(name);
            if (was == null) {
                boolean required = Boolean.TRUE.equals(is);
                add(
                        required ? Bump.MAJOR : Bump.MINOR,
                        place,
                        (required ? "the required artifact " : "the artifact ") + name + " is new");
            } else if (is == null) {
                add(Bump.MAJOR, place, "the artifact " + name + " is gone");
            } else if (!was.equals(is)) {
                add(
                        is ? Bump.MAJOR : Bump.MINOR,
                        place,
                        "the artifact " + name + (is ? " must be given now" : " need not be given any more"));
            }
        }
    }

    private void outputs(String sort, Set<String> before, Set<String> after) {
        for (String name : union(before, after)) {
            String place = outputs + "." + sort + "s." + name;
            if (!after.contains(name)) {
                add(Bump.MAJOR, place, "the output " + sort + " " + name + " is gone");
            } else if (!before.contains(name)) {
                add(Bump.MINOR, place, "the output " + sort + " " + name + " is new");
            }
        }
    }

    private static Set<String> union(Set<String> first, Set<String> second) {
        Map<String, Boolean> all = new TreeMap<>();
        first.forEach(name -> all.put(name, true));
        second.forEach(name -> all.put(name, true));
        return all.keySet();
    }

    private static String quoted(@org.jspecify.annotations.Nullable String value) {
        return value == null ? "none" : "'" + value + "'";
    }
}
