package dev.plumbline.tests.differential;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.model.Location;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Where we refuse on purpose what kustomize accepts, or it fails by itself, each with the reason. Nothing else may differ. Decision
 * record 11 of the registry says it for people; {@link KnownDifferencesTest} holds both together.
 */
final class KnownDifferences {

    /**
     * A refusal by decision.
     *
     * @param written what must stand at the place of the finding, or it is another fault with the same rule
     * @param reason why it is refused
     */
    private record Refusal(Pattern written, String reason) {

        static Refusal of(String written, String reason) {
            return new Refusal(Pattern.compile(written), reason);
        }
    }

    private static final Map<String, Refusal> REFUSED = Map.of(
            "yaml-date",
            Refusal.of("\\d{4}-\\d", "kustomize writes a date as a timestamp that nobody wrote, and kubectl keeps it"),
            "yaml-not-finite",
            Refusal.of(
                    "(?i)\\.(inf|nan)|\\de\\+?\\d{3}",
                    "JSON has no form for infinity and not-a-number, so no API server takes it"),
            "yaml-duplicate-key",
            Refusal.of(":", "kustomize forgets the second one where a patch happens to remove the field"),
            "yaml-empty-in-flow",
            Refusal.of("[{,].*:\\s*[,}]", "an empty value between braces is text to kustomize and null to kubectl"),
            "yaml-tag",
            Refusal.of("!", "kubectl and kustomize read tagged scalars differently"),
            "render-control-character",
            Refusal.of("", "kustomize makes a blank of U+0085, a line break to its YAML"),
            "render-slow-pattern",
            Refusal.of("", "Go matches in linear time; this matcher is bounded instead"),
            "render-text-layout",
            Refusal.of("", "go-yaml moves comments about, which nobody would look for"));

    private static final String SYNTAX = "yaml-syntax";
    private static final String EMPTY = "render-empty";
    private static final String NAMELESS = "render-no-name";
    private static final String VALIDATOR = "render-validator";

    /** An object to which a replacement or a patch gave null for a name; an affix may have been added to that. */
    private static final Pattern NO_NAME = Pattern.compile("(?m)^  name: *(\\S*null\\S*)? *(#.*)?$");

    /** What a validator leaves on an object beside the labels that this has. */
    private static final Pattern MARK = Pattern.compile("(?m)^    validated-by:");

    /**
     * A ValueAddTransformer whose path leads through a list that is not there; labels that a JSON patch made a list; text among a
     * role binding's subjects; a kind without a version in a schema.
     */
    private static final Pattern PANIC = Pattern.compile(
            "(?s)(^|\n)panic: .*(valueadd\\.go:|getMapFromMeta|getNamespacesForRoleBinding|toTypeMeta)");

    /** An object lost its kind by one patch and got it back by the next: there are fewer kinds among the kinds it had than names. */
    private static final Pattern LOST_COUNT =
            Pattern.compile("(?m)^(Error|panic): number of previous names, .* not equal$");

    /** Its YAML writer puts the comment of one field between the name and the value of the next, and its reader stumbles. */
    private static final Pattern UNREADABLE_TO_ITSELF = Pattern.compile(
            "(?m)^Error: map\\[string\\]interface \\{\\}\\{.*\\}: yaml: line \\d+: could not find expected ':'$");

    private KnownDifferences() {}

    /** The rules that refuse what kustomize accepts. */
    static SortedSet<String> rules() {
        SortedSet<String> rules = new TreeSet<>(REFUSED.keySet());
        rules.addAll(List.of(SYNTAX, EMPTY, NAMELESS, VALIDATOR));
        return rules;
    }

    /** Whether kustomize does not refuse, but dies, or cannot read what it has written. */
    static boolean dies(String error) {
        return PANIC.matcher(error).find()
                || LOST_COUNT.matcher(error).find()
                || UNREADABLE_TO_ITSELF.matcher(error).find();
    }

    /** Whether each of these errors is a refusal by decision. */
    static boolean refusedOnPurpose(List<Finding> errors, String output, Case given) {
        return errors.stream().allMatch(error -> switch (error.rule()) {
            // Of a configuration kustomize reads the first document alone, also where no --- begins the next.
            case SYNTAX -> error.location().column() == 1 && error.message().contains("expected '<document start>'");
            case EMPTY -> output.isBlank();
            case NAMELESS -> NO_NAME.matcher(output).find();
            case VALIDATOR -> MARK.matcher(output).find();
            default -> {
                Refusal refusal = REFUSED.get(error.rule());
                yield refusal != null
                        && refusal.written()
                                .matcher(line(given, error.location()))
                                .find();
            }
        });
    }

    /** The written line that a finding is about; the whole file where the line is one of a text inside it. */
    private static String line(Case given, Location place) {
        String text = given.files().getOrDefault(place.file(), "");
        return place.line() < 1 || place.column() < 1
                ? text
                : Arrays.stream(text.split("\n", -1))
                        .skip(place.line() - 1L)
                        .findFirst()
                        .orElse(text);
    }
}
