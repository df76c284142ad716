package dev.plumbline.registry.validate;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The annotation by which an object says that a finding does not count: {@value #PREFIX} and the rule is its key, the reason its
 * value. What would keep a commit from becoming a Release cannot be suppressed, because nobody would believe it.
 */
public final class Suppression {

    /** What the annotation's key begins with. */
    public static final String PREFIX = "lint.plumbline.dev/";

    /** Id of the rule that checks these annotations. */
    public static final String RULE = "suppression";

    private Suppression() {}

    /** Why a finding about an object does not count; empty where it counts. */
    public static String reason(Manifest object, Finding finding) {
        boolean blocks = finding.isError()
                && Rules.find(finding.rule()).map(rule -> rule.group().blocks()).orElse(true);
        return isPossible(finding.rule()) && !blocks ? text(annotations(object).get(PREFIX + finding.rule())) : "";
    }

    /** The rules that an object suppresses, with a reason. */
    public static List<String> effective(Manifest object) {
        List<String> rules = new ArrayList<>();
        annotations(object).forEach((key, value) -> {
            if (key.startsWith(PREFIX) && !text(value).isEmpty() && isPossible(key.substring(PREFIX.length()))) {
                rules.add(key.substring(PREFIX.length()));
            }
        });
        return rules;
    }

    /** Whether some findings of a rule can be suppressed. */
    static boolean isPossible(String id) {
        Optional<Rule> rule = Rules.find(id);
        return rule.isPresent()
                && !id.equals(RULE)
                && (!rule.get().group().blocks() || rule.get().severity() != Severity.ERROR);
    }

    static String text(@Nullable Object value) {
        return value instanceof String text ? text.strip() : "";
    }

    static Map<String, @Nullable Object> annotations(Manifest object) {
        return Tree.map(object.content(), "metadata", "annotations");
    }
}
