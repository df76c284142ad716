package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.argo.TemplateRef;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Goes from a place that calls a template into it, as Argo does: with the arguments that are passed, and through the body of each
 * template once.
 */
final class TemplateWalk {

    static final String CALL = "call-target";
    static final String UNKNOWN = "unknown-template";
    static final String MISSING = "missing-argument";
    static final String RETRY = "retry-policy";

    /** Deepest chain of calls that is followed; what lies below is reached from its own object. Argo runs 100. */
    static final int MAX_CALLS = 100;

    private static final Set<String> RETRY_POLICIES = Set.of("", "Always", "OnError", "OnFailure", "OnTransientError");

    private final Problems problems;
    private final Function<ObjectKey, @Nullable Manifest> lookup;
    private final boolean template;
    private final boolean clusterTemplate;
    private final boolean cron;
    private final String namespace;
    private final Map<String, String> globals = new HashMap<>();
    private final Set<String> done = new HashSet<>();
    private final Map<ObjectKey, @Nullable Home> homes = new HashMap<>();
    private final VariableCheck variables;
    private final NameChecks names;
    private int placeholders;
    private int depth;

    TemplateWalk(Problems problems, Function<ObjectKey, @Nullable Manifest> lookup, ObjectKey root) {
        this.problems = problems;
        this.lookup = lookup;
        this.namespace = root.namespace();
        this.template = root.kind().endsWith(ArgoKinds.WORKFLOW_TEMPLATE);
        this.cron = root.kind().equals(ArgoKinds.CRON_WORKFLOW);
        this.clusterTemplate = root.kind().equals(ArgoKinds.CLUSTER_WORKFLOW_TEMPLATE);
        this.variables = new VariableCheck(problems, template, globals);
        this.names = new NameChecks(problems);
    }

    /** What a call leads to. Unknown means: already reported, so that nothing more can be said. */
    record Target(@Nullable Map<String, @Nullable Object> tree, boolean unknown) {

        static final Target NONE = new Target(null, false);
        static final Target REPORTED = new Target(null, true);
    }

    Map<String, String> globals() {
        return globals;
    }

    VariableCheck variables() {
        return variables;
    }

    NameChecks names() {
        return names;
    }

    Problems problems() {
        return problems;
    }

    String placeholder() {
        return Substitution.PLACEHOLDER + placeholders++;
    }

    Arguments anyArguments() {
        return Arguments.any(this::placeholder);
    }

    /** The object that a reference names; null when it is not there. */
    @Nullable
    Home home(TemplateRef ref) {
        return homes.computeIfAbsent(ref.key(namespace), _ -> Home.of(ref, namespace, lookup));
    }

    /** Validates what a step, task or entrypoint calls. */
    Target call(Map<String, @Nullable Object> call, Place place, String words, Home home, Arguments arguments) {
        if (depth >= MAX_CALLS) {
            return Target.REPORTED;
        }
        Problems.Call before = problems.enter(new Problems.Call(place, words));
        depth++;
        try {
            TemplateRef ref = TemplateRef.of(call.get("templateRef"));
            return ref == null
                    ? local(call, place, words, home, arguments)
                    : remote(ref, call, place, words, home, arguments);
        } finally {
            depth--;
            problems.leave(before);
        }
    }

    private Target local(
            Map<String, @Nullable Object> call, Place place, String words, Home home, Arguments arguments) {
        String name = Tree.text(call, "template");
        Home.Located found = name.isEmpty() ? null : home.template(name);
        if (!name.isEmpty() && found == null) {
            problems.add(
                    UNKNOWN,
                    place.at("template"),
                    words + ": template name '" + name + "' undefined",
                    Fixes.closest(name, home.templateNames(), "define it, or name one that exists"));
            return Target.REPORTED;
        }
        if (call.get("inline") instanceof Map<?, ?> inline) {
            return enter(new Home.Located(Tree.cast(inline), place.at("inline")), place, words, home, arguments);
        }
        if (found == null) {
            problems.add(
                    CALL,
                    place,
                    words + " has no template to run",
                    "give it exactly one of 'template', 'templateRef' and 'inline'");
            return Target.REPORTED;
        }
        return enter(found, place, words, home, arguments);
    }

    private Target remote(
            TemplateRef ref,
            Map<String, @Nullable Object> call,
            Place place,
            String words,
            Home home,
            Arguments arguments) {
        if (!Tree.text(call, "template").isEmpty()) {
            problems.add(
                    CALL,
                    place,
                    words + " has template and templateRef, which exclude each other",
                    "give it exactly one of 'template', 'templateRef' and 'inline'");
        }
        if (ref.name().isEmpty() || ref.template().isEmpty()) {
            problems.add(
                    CALL,
                    place.at("templateRef"),
                    words + " has a templateRef without " + (ref.name().isEmpty() ? "'name'" : "'template'"),
                    "name both the object and the template in it");
            return Target.REPORTED;
        }
        if (VariableCheck.hasSimpleTag(ref.name()) || VariableCheck.hasSimpleTag(ref.template())) {
            return Target.NONE;
        }
        Home there = home(ref);
        if (call.get("inline") instanceof Map<?, ?> inline) {
            return enter(
                    new Home.Located(Tree.cast(inline), place.at("inline")),
                    place,
                    words,
                    there == null ? home : there,
                    arguments);
        }
        Home.Located found = there == null ? null : there.template(ref.template());
        if (found != null && there != null) {
            return enter(found, place, words, there, arguments);
        }
        return missing(ref, place, words, there);
    }

    private Target missing(TemplateRef ref, Place place, String words, @Nullable Home there) {
        if (ref.template().contains(Substitution.PLACEHOLDER)) {
            return Target.NONE;
        }
        if (there == null && clusterTemplate && !ref.clusterScope()) {
            // Resolved in the namespace of each run.
            return Target.REPORTED;
        }
        if (there == null) {
            problems.add(
                    SpecChecks.DANGLING,
                    place.at("templateRef", "name"),
                    words + ": template reference " + ref.name() + "." + ref.template() + " not found: there is no "
                            + ref.key(namespace).display(),
                    "add it to what is rendered, or correct the name");
        } else {
            problems.add(
                    UNKNOWN,
                    place.at("templateRef", "template"),
                    words + ": template reference " + ref.name() + "." + ref.template() + " not found: "
                            + there.object().key().display() + " has no template of that name",
                    Fixes.closest(ref.template(), there.templateNames(), "name one of its templates"));
        }
        return Target.REPORTED;
    }

    private Target enter(Home.Located found, Place place, String words, Home home, Arguments arguments) {
        String policy = Tree.text(found.tree(), "retryStrategy", "retryPolicy");
        if (!RETRY_POLICIES.contains(policy)) {
            problems.add(
                    RETRY,
                    found.place().at("retryStrategy", "retryPolicy"),
                    "templates." + found.name() + ": '" + policy + "' is not a retry policy",
                    "use Always, OnError, OnFailure or OnTransientError");
        }
        new TemplateChecks(this, found, home).check(arguments, place, words);
        return new Target(found.tree(), false);
    }

    /** Whether the body of a template is yet to be validated; true once for each. */
    boolean isFirst(Home home, String name) {
        return done.add(home.scope() + "/" + name);
    }

    /** The values that replace tags in a template, after those of its inputs are known. */
    static Map<String, String> inputValues(Map<String, @Nullable Object> template, Map<String, String> local) {
        Map<String, String> values = new HashMap<>(local);
        for (Map<String, @Nullable Object> input : Tree.maps(template, "inputs", "parameters")) {
            String value = Shape.anyText(input.get("value"));
            if (value != null) {
                values.put("inputs.parameters." + Tree.text(input, "name"), value);
            }
        }
        // All of them as JSON; what exactly it is matters to no check.
        values.put("inputs.parameters", "[]");
        paths(template, "inputs", values);
        paths(template, "outputs", values);
        for (Map<String, @Nullable Object> output : Tree.maps(template, "outputs", "parameters")) {
            String path = Tree.text(output, "valueFrom", "path");
            if (!path.isEmpty()) {
                values.put("outputs.parameters." + Tree.text(output, "name") + ".path", path);
            }
        }
        return values;
    }

    private static void paths(Map<String, @Nullable Object> template, String holder, Map<String, String> values) {
        for (Map<String, @Nullable Object> artifact : Tree.maps(template, holder, "artifacts")) {
            String path = Tree.text(artifact, "path");
            if (!path.isEmpty()) {
                values.put(holder + ".artifacts." + Tree.text(artifact, "name") + ".path", path);
            }
        }
    }

    /** Whether every argument of the spec must have a value: nobody is there to add one when a schedule fires. */
    boolean valuesRequired() {
        return cron;
    }

    /** Whether a template is validated, whose runs may bring more parameters. */
    boolean isTemplate() {
        return template;
    }
}
