package dev.plumbline.registry.validate;

import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.finding.Suggestion;
import dev.plumbline.registry.manifest.Manifest;
import java.util.List;

/** Whoever suppresses a rule says which one and why, and suppresses nothing that a cluster would refuse. */
final class SuppressionRule implements Rule {

    @Override
    public String id() {
        return Suppression.RULE;
    }

    @Override
    public Group group() {
        return Group.PLUMBLINE;
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public String description() {
        return "An annotation " + Suppression.PREFIX + "<rule> names a rule that can be suppressed, and says why.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        Suppression.annotations(object).forEach((key, value) -> {
            if (key.startsWith(Suppression.PREFIX)) {
                check(key, Suppression.text(value), report);
            }
        });
    }

    private static void check(String key, String reason, Report report) {
        List<String> path = List.of("metadata", "annotations", key);
        String id = key.substring(Suppression.PREFIX.length());
        if (Rules.find(id).isEmpty()) {
            List<String> known = Rules.standard().stream()
                    .map(Rule::id)
                    .filter(Suppression::isPossible)
                    .toList();
            report.add(path, "there is no rule '" + Report.shorten(id) + "'", Suggestion.instead(id, known, "rule"));
        } else if (!Suppression.isPossible(id)) {
            report.add(
                    path,
                    "what '" + id + "' finds cannot be suppressed, since it keeps a commit from being applied",
                    "correct what it finds, and remove this annotation");
        } else if (reason.isEmpty()) {
            report.add(
                    path,
                    "the suppression of '" + id + "' has no reason, so it suppresses nothing",
                    "write the reason as the annotation's value");
        }
    }
}
