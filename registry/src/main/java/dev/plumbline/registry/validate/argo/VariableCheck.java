package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.json.Tree;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds simple tags that nothing in scope resolves. Expressions and names with unknown first words are not Argo's concern. */
final class VariableCheck {

    static final String RULE = "unknown-variable";

    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    private static final List<String> CHECKED =
            List.of("item.", "steps.", "inputs.", "outputs.", "pod.", "workflow.", "tasks.");

    /** Names that Argo lets pass, since other parts of it give them values. */
    private static final List<String> LATER = List.of(
            "outputs.",
            "workflow.creationTimestamp",
            "workflow.scheduledTime",
            "workflow.duration",
            "tasks.name",
            "steps.name",
            "node.name");

    private static final int MAX_SHOWN = 120;

    private final Problems problems;
    private final boolean template;
    private final Map<String, String> globals;
    private boolean anyWorkflowArtifact;

    /**
     * A check.
     *
     * @param template whether a template is validated, whose runs may bring more parameters
     * @param globals names that are in scope everywhere
     */
    VariableCheck(Problems problems, boolean template, Map<String, String> globals) {
        this.problems = problems;
        this.template = template;
        this.globals = globals;
    }

    /** Accepts every artifact of the workflow from now on, because a template names one by a variable. */
    void allowWorkflowArtifacts() {
        anyWorkflowArtifact = true;
    }

    /** Checks all texts and keys of a tree; {@code words} is the place in Argo's words. */
    void tree(@Nullable Object value, Place place, Names names, String words) {
        switch (value) {
            case String text -> text(text, place, names, words);
            case Map<?, ?> map ->
                Tree.cast(map).forEach((key, child) -> {
                    text(key, place, names, words);
                    if (child instanceof String text) {
                        if (text.contains(OPEN)) {
                            text(text, place.at(key), names, words);
                        }
                    } else if (child instanceof Map || child instanceof List) {
                        tree(child, place.at(key), names, words);
                    }
                });
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    if (!(list.get(i) instanceof String text) || text.contains(OPEN)) {
                        tree(list.get(i), place.at(i), names, words);
                    }
                }
            }
            case null, default -> {}
        }
    }

    private void text(String text, Place place, Names names, String words) {
        int start = text.indexOf(OPEN);
        Set<String> told = start < 0 ? Set.of() : new HashSet<>();
        while (start >= 0) {
            int from = start + OPEN.length();
            int end = text.indexOf(CLOSE, from);
            // Without an end of its own the tag runs on to the next braces of Argo's JSON, so it can only be wrong.
            String tag = end < 0 ? text.substring(from) : text.substring(from, end);
            boolean expression = tag.startsWith("=");
            if (!expression && !resolves(tag.trim(), names) && told.add(tag) && !problems.isFull()) {
                report(tag, end < 0, place, names, words);
            }
            start = end < 0 ? -1 : text.indexOf(OPEN, end + CLOSE.length());
        }
    }

    /** Whether a text holds a simple tag. */
    static boolean hasSimpleTag(String text) {
        int start = text.indexOf(OPEN);
        while (start >= 0) {
            if (!text.startsWith("=", start + OPEN.length())) {
                return true;
            }
            int end = text.indexOf(CLOSE, start);
            start = end < 0 ? -1 : text.indexOf(OPEN, end);
        }
        return false;
    }

    private boolean resolves(String name, Names names) {
        return !begins(name, CHECKED)
                || globals.containsKey(name)
                || names.has(name)
                || begins(name, LATER)
                || (anyWorkflowArtifact && name.startsWith("workflow.outputs.artifacts."))
                || (template && name.startsWith("workflow.parameters"));
    }

    private static boolean begins(String name, List<String> prefixes) {
        for (String prefix : prefixes) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private void report(String tag, boolean open, Place place, Names names, String words) {
        String shown = Fixes.shorten(tag.strip(), MAX_SHOWN);
        if (open) {
            problems.add(
                    RULE, place, words + " begins the tag {{" + shown + " and does not end it", "add the braces '}}'");
            return;
        }
        Set<String> known = names.listed();
        known.addAll(globals.keySet());
        problems.add(
                RULE,
                place,
                words + " reads {{" + shown + "}}, which is not known here",
                Fixes.closest(tag.trim(), known, advice(tag.trim())));
    }

    private static String advice(String name) {
        if (name.startsWith("item.")) {
            return "only a step or task with withItems or withParam has items, and only their own keys";
        }
        if (name.startsWith("tasks.") || name.startsWith("steps.")) {
            return "name a task or step that has run by then, and something that it gives";
        }
        if (name.startsWith("workflow.parameters.")) {
            return "add the parameter to the spec's arguments";
        }
        return name.startsWith("inputs.") ? "add it to the template's inputs" : "correct the name";
    }
}
