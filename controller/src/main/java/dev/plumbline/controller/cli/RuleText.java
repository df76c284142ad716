package dev.plumbline.controller.cli;

import dev.plumbline.registry.finding.Suggestion;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.validate.Rule;
import dev.plumbline.registry.validate.RuleExamples;
import dev.plumbline.registry.validate.Rules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What rules ask for, in words. */
final class RuleText {

    /** Families of findings that are no rules over objects, by the beginning of their ids. */
    private static final Map<String, String> FAMILIES = families();

    private RuleText() {}

    private static Map<String, String> families() {
        Map<String, String> families = new LinkedHashMap<>();
        families.put("schema-", "An API server of the version that is checked for would accept the object.");
        families.put("render-", "kustomize builds the folder, and means by it what it says.");
        families.put("yaml-", "The file is YAML that kustomize and kubectl read in the same way.");
        families.put("policy-", "The policy of this name in policies/ lets the object pass, and can be read itself.");
        families.put("version-", "Each template can be kept in several versions side by side.");
        families.put("lint-", "What is to be linted can be read.");
        families.put("too-many-", "There are few enough findings to list them all.");
        return families;
    }

    /** What a rule asks for, in one sentence. */
    static String description(String id) {
        return Rules.find(id)
                .map(Rule::description)
                .orElseGet(() -> FAMILIES.entrySet().stream()
                        .filter(family -> id.startsWith(family.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(id));
    }

    /** A rule with its examples; a refusal where there is no such rule. */
    static String explain(String id) {
        Rule rule = Rules.find(id).orElse(null);
        if (rule == null) {
            if (FAMILIES.keySet().stream().anyMatch(id::startsWith)) {
                return id + "\n\n" + description(id) + "\n";
            }
            List<String> ids = Rules.standard().stream().map(Rule::id).toList();
            throw new CommandException(
                    CommandException.ENVIRONMENT,
                    "there is no rule '" + id + "': " + Suggestion.instead(id, ids, "rule")
                            + "; `plumbline lint --rules` lists all");
        }
        return rule.id() + " (" + severity(rule) + ", group " + rule.group().number() + ")\n\n" + rule.description()
                + "\n\n" + rule.group().description() + "\n\nRefused:\n\n" + indented(RuleExamples.bad(rule))
                + "\nAccepted:\n\n" + indented(RuleExamples.good(rule));
    }

    /** All rules as a table. */
    static String list() {
        Table table = new Table("rule", "severity", "group", "asks");
        Rules.standard()
                .forEach(rule -> table.row(
                        rule.id(), severity(rule), Integer.toString(rule.group().number()), rule.description()));
        FAMILIES.forEach((family, description) -> table.row(family + "*", "", "", description));
        return table.toString();
    }

    /** All rules for machines. */
    static String json() {
        List<Object> rules = Rules.standard().stream()
                .<Object>map(rule -> {
                    Map<String, @Nullable Object> map = new LinkedHashMap<>();
                    map.put("rule", rule.id());
                    map.put("severity", severity(rule));
                    map.put("group", rule.group().number());
                    map.put("description", rule.description());
                    return map;
                })
                .toList();
        return Json.pretty(Map.of("rules", rules));
    }

    static String severity(Rule rule) {
        return rule.severity().name().toLowerCase(Locale.ROOT);
    }

    private static String indented(String yaml) {
        return yaml.lines()
                .map(line -> line.isEmpty() ? "\n" : "    " + line + "\n")
                .reduce("", String::concat);
    }
}
