package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One template as one caller calls it: its type, inputs, the arguments that it gets, and, the first time, its body. */
final class TemplateChecks {

    static final String TYPE = "template-type";
    static final String PLACE = "misplaced-field";

    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,18}");

    private final TemplateWalk walk;
    private final Problems problems;
    private final Home.Located template;
    private final Home home;
    private final Map<String, @Nullable Object> tree;
    private final Place place;
    private final String words;
    private final String type;

    TemplateChecks(TemplateWalk walk, Home.Located template, Home home) {
        this.walk = walk;
        this.problems = walk.problems();
        this.template = template;
        this.home = home;
        this.tree = template.tree();
        this.place = template.place();
        this.words = "templates." + template.name();
        this.type = Shape.type(tree);
    }

    /** Checks it; the caller's place and words are for what the caller does wrong. */
    void check(Arguments arguments, Place caller, String callerWords) {
        if (!hasOneType()) {
            return;
        }
        // Inline templates share one empty name, and each has inputs of its own.
        boolean first = walk.isFirst(home, template.name());
        if (first || template.name().isEmpty()) {
            PodChecks.template(tree, type, place, words, problems);
            new InputChecks(walk, template, type).check();
        }
        Map<String, @Nullable Object> supplied = supply(arguments, caller, callerWords);
        if (first || hasTag("timeout") || hasTag("pendingTimeout")) {
            substituted(supplied, first);
        }
    }

    private boolean hasTag(String field) {
        return Tree.text(tree, field).contains("{{");
    }

    private void substituted(Map<String, @Nullable Object> supplied, boolean first) {
        Map<String, String> local = localValues();
        Map<String, @Nullable Object> once = new Substitution(walk.globals(), local).map(supplied);
        Map<String, @Nullable Object> ready =
                new Substitution(walk.globals(), TemplateWalk.inputValues(once, local)).map(once);
        timeouts(ready);
        if (first) {
            body(ready, names());
        }
    }

    private boolean hasOneType() {
        List<String> types =
                Shape.TYPES.stream().filter(field -> Shape.has(tree, field)).toList();
        if (types.size() != 1) {
            problems.add(
                    TYPE,
                    place,
                    words
                            + (types.isEmpty()
                                    ? " does nothing: it has no type"
                                    : " has more than one type: " + String.join(", ", types)),
                    "give it exactly one of " + String.join(", ", Shape.TYPES));
        }
        return types.size() == 1;
    }

    /** The names that the template itself brings into scope. */
    private Names names() {
        Names names = new Names(null);
        for (Map<String, @Nullable Object> input : Tree.maps(tree, "inputs", "parameters")) {
            names.add("inputs.parameters." + Tree.text(input, "name"));
            names.add("inputs.parameters");
        }
        for (Map<String, @Nullable Object> input : Tree.maps(tree, "inputs", "artifacts")) {
            names.add("inputs.artifacts." + Tree.text(input, "name"));
            if (Shape.isLeaf(type)) {
                names.add("inputs.artifacts." + Tree.text(input, "name") + ".path");
            }
        }
        localValues().keySet().forEach(names::add);
        return names;
    }

    /** What each pod and each retry knows, with placeholders. */
    private Map<String, String> localValues() {
        Map<String, String> local = new HashMap<>();
        if (Shape.isPod(type)) {
            local.put("pod.name", walk.placeholder());
        }
        if (Shape.has(tree, "retryStrategy")) {
            for (String name : List.of(
                    "retries", "lastRetry.exitCode", "lastRetry.status", "lastRetry.duration", "lastRetry.message")) {
                local.put(name, walk.placeholder());
            }
        }
        return local;
    }

    /** The template with what the caller passes put into its inputs. */
    private Map<String, @Nullable Object> supply(Arguments arguments, Place caller, String callerWords) {
        if (!(tree.get("inputs") instanceof Map<?, ?> inputs)) {
            return tree;
        }
        Map<String, @Nullable Object> filled = new LinkedHashMap<>(Tree.cast(inputs));
        filled.put("parameters", parameters(Tree.maps(inputs, "parameters"), arguments, caller, callerWords));
        filled.put("artifacts", artifacts(Tree.maps(inputs, "artifacts"), arguments, caller, callerWords));
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(tree);
        copy.put("inputs", filled);
        return copy;
    }

    private List<@Nullable Object> parameters(
            List<Map<String, @Nullable Object>> inputs, Arguments arguments, Place caller, String callerWords) {
        List<@Nullable Object> filled = new ArrayList<>();
        for (Map<String, @Nullable Object> input : inputs) {
            String name = Tree.text(input, "name");
            Map<String, @Nullable Object> copy = new LinkedHashMap<>(input);
            if (!Shape.has(copy, "value") && Shape.has(copy, "default")) {
                copy.put("value", copy.get("default"));
            }
            Map<String, @Nullable Object> argument = arguments.parameter(name);
            if (argument != null) {
                copy.put("value", argument.get("value"));
                copy.put("valueFrom", Shape.has(argument, "value") ? null : argument.get("valueFrom"));
            }
            boolean fromMap = Tree.at(copy, "valueFrom", "configMapKeyRef") != null;
            if (!fromMap && !Shape.has(copy, "value")) {
                // An argument without a value is itself reported where it stands.
                if (argument == null || (!walk.valuesRequired() && !callerWords.startsWith("templates."))) {
                    missing("parameter", name, caller, callerWords);
                }
                copy.put("value", walk.placeholder());
            }
            filled.add(copy);
        }
        return filled;
    }

    private List<@Nullable Object> artifacts(
            List<Map<String, @Nullable Object>> inputs, Arguments arguments, Place caller, String callerWords) {
        List<@Nullable Object> filled = new ArrayList<>();
        for (Map<String, @Nullable Object> input : inputs) {
            String name = Tree.text(input, "name");
            Map<String, @Nullable Object> argument = arguments.artifact(name);
            if (argument == null) {
                if (!Boolean.TRUE.equals(input.get("optional")) && !Shape.isLocated(input)) {
                    missing("artifact", name, caller, callerWords);
                }
                filled.add(input);
            } else {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>(argument);
                copy.put("path", input.get("path"));
                filled.add(copy);
            }
        }
        return filled;
    }

    private void missing(String what, String name, Place caller, String callerWords) {
        problems.add(
                TemplateWalk.MISSING,
                caller,
                callerWords + " does not pass " + what + " '" + name + "', which template '" + template.name()
                        + "' requires",
                "add it to arguments." + what + "s, or give the input a default");
    }

    private void timeouts(Map<String, @Nullable Object> ready) {
        boolean leaf = Shape.isLeaf(Shape.writtenType(ready));
        String timeout = Tree.text(ready, "timeout");
        if (!timeout.isEmpty() && !leaf) {
            misplaced("timeout", "is only for templates that do the work themselves");
        } else if (WHOLE.matcher(timeout).matches()) {
            problems.add(
                    PLACE,
                    place.at("timeout"),
                    words + ".timeout '" + timeout + "' has no unit",
                    "write '" + timeout + "s'");
        }
        if (!Tree.text(ready, "pendingTimeout").isEmpty() && !leaf) {
            misplaced("pendingTimeout", "is only for templates that do the work themselves");
        }
    }

    private void misplaced(String field, String why) {
        problems.add(
                PLACE, place.at(field), words + "." + field + " " + why, "remove it from this " + type + " template");
    }

    private void body(Map<String, @Nullable Object> ready, Names names) {
        Home.Located read = new Home.Located(ready, place);
        String readyType = Shape.writtenType(ready);
        if (readyType.equals("steps") || readyType.equals("dag")) {
            if (Shape.has(ready, "activeDeadlineSeconds")) {
                misplaced("activeDeadlineSeconds", "is only for templates that do the work themselves");
            }
            if (readyType.equals("steps")) {
                new StepChecks(walk, read, home, names).check();
            } else {
                new DagChecks(walk, read, home, names).check();
            }
        } else {
            walk.variables().tree(ready, place, outputPaths(names), words);
            podMetadata(ready, names);
            new LeafChecks(walk, read, readyType, home).check();
        }
        new OutputChecks(walk, read, readyType, outputPaths(names)).check();
        if (ready.get("archiveLocation") instanceof Map<?, ?> location) {
            InputChecks.location(
                    Tree.cast(location), place.at("archiveLocation"), words + ".archiveLocation", problems);
        }
        MetricChecks.check(ready, place, words, problems);
    }

    /** The spec's metadata for pods becomes part of each template. */
    private void podMetadata(Map<String, @Nullable Object> ready, Names names) {
        if (home.spec().get("podMetadata") instanceof Map<?, ?> metadata) {
            Substitution values = new Substitution(walk.globals(), TemplateWalk.inputValues(ready, localValues()));
            walk.variables()
                    .tree(values.map(Tree.cast(metadata)), home.specPlace().at("podMetadata"), names, words);
        }
    }

    private Names outputPaths(Names names) {
        if (Shape.isLeaf(type)) {
            for (Map<String, @Nullable Object> output : Tree.maps(tree, "outputs", "artifacts")) {
                if (!Tree.text(output, "path").isEmpty()) {
                    names.add("outputs.artifacts." + Tree.text(output, "name") + ".path");
                }
            }
        }
        return names;
    }
}
