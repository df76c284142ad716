package dev.plumbline.registry.validate;

import dev.plumbline.registry.finding.Suggestion;
import dev.plumbline.registry.manifest.Manifest;
import java.util.List;
import java.util.Set;

/** Tags begin with a word that Argo knows. Any other tag stays in the text as it is, and the program gets it. */
final class MisspeltVariableRule implements UncheckedRule {

    private static final Set<String> ROOTS = Set.of(
            "inputs",
            "outputs",
            "tasks",
            "steps",
            "workflow",
            "item",
            "pod",
            "node",
            "retries",
            "lastRetry",
            "status",
            "duration",
            "exitCode",
            "resourcesDuration",
            "cronworkflow");

    /** Second words that make plain that a variable of Argo's is meant. */
    private static final Set<String> SECOND = Set.of("parameters", "artifacts", "outputs", "labels", "annotations");

    private static final Set<String> ALONE = Set.of("parameters", "artifacts");

    @Override
    public String id() {
        return "misspelt-variable";
    }

    @Override
    public String description() {
        return "Every tag begins with a word that Argo knows; another one stays in the text as it is.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        for (Texts.Tag tag : set.argo(object).texts().tags()) {
            List<String> words = tag.words();
            String root = words.getFirst();
            if (ROOTS.contains(root)) {
                continue;
            }
            boolean like = words.size() > 1
                    && (SECOND.contains(words.get(1))
                            || ALONE.contains(root)
                            || Suggestion.closest(root, ROOTS).isPresent());
            if (like && root.matches("[A-Za-z]+")) {
                report.add(
                        tag.path(),
                        "{{" + Report.shorten(tag.name()) + "}} stays as it is: Argo has no variables that begin with '"
                                + root + "'",
                        ALONE.contains(root)
                                ? "write inputs." + root + " or workflow." + root
                                : Suggestion.instead(root, ROOTS, "variable"));
            }
        }
    }
}
