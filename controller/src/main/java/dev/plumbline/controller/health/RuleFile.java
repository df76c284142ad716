package dev.plumbline.controller.health;

import dev.plumbline.registry.cel.Expression;
import dev.plumbline.registry.cel.ExpressionCompiler;
import dev.plumbline.registry.cel.ExpressionException;
import dev.plumbline.registry.cel.ResultKind;
import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.yaml.YamlDocuments;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The user's health rules: YAML whose {@code rules} are maps of {@code group}, {@code kind} and CEL expressions over {@code object},
 * {@code current} and, where wanted, {@code inProgress} and {@code failed}.
 *
 * @param rules by {@link HealthRules#kind}
 * @param findings what is wrong with the file; with an error, no rule of it is used
 */
public record RuleFile(Map<String, HealthRule> rules, List<Finding> findings) {

    /** Most rules of one file. */
    public static final int MAX_RULES = 500;

    private static final Set<String> FIELDS = Set.of("group", "kind", "current", "inProgress", "failed");

    /** Keeps its own copies. */
    public RuleFile {
        rules = Map.copyOf(rules);
        findings = List.copyOf(findings);
    }

    /**
     * Reads a file.
     *
     * @param file its path, for locations
     */
    public static RuleFile read(String file, byte[] yaml) {
        YamlDocuments documents = YamlParser.parse(file, yaml);
        List<Finding> findings = new ArrayList<>(documents.findings());
        Map<String, HealthRule> rules = new LinkedHashMap<>();
        if (!documents.broken()) {
            for (YamlNode document : documents.documents()) {
                for (Object rule : Tree.list(document.value(), "rules")) {
                    rule(rule, document.location(), rules, findings);
                }
            }
        }
        if (rules.size() > MAX_RULES) {
            findings.add(wrong(Location.of(file), "it holds more than " + MAX_RULES + " rules", "remove some"));
        }
        return new RuleFile(Finding.anyError(findings) ? Map.of() : rules, findings);
    }

    private static void rule(
            @Nullable Object rule, Location location, Map<String, HealthRule> rules, List<Finding> findings) {
        String kind = Tree.text(rule, "kind");
        if (!(rule instanceof Map<?, ?> map)
                || kind.isEmpty()
                || Tree.text(rule, "current").isEmpty()) {
            findings.add(wrong(location, "a rule has no kind or no expression 'current'", "write both"));
            return;
        }
        for (Object field : map.keySet()) {
            if (!FIELDS.contains(field)) {
                findings.add(
                        wrong(location, "the rule of " + kind + " has an unknown field " + field, "use " + FIELDS));
            }
        }
        try {
            HealthRule made =
                    rule(Tree.text(rule, "current"), Tree.text(rule, "inProgress"), Tree.text(rule, "failed"));
            if (rules.put(HealthRules.kind(Tree.text(rule, "group"), kind), made) != null) {
                findings.add(wrong(location, "two rules for " + kind, "keep one"));
            }
        } catch (ExpressionException e) {
            findings.add(wrong(location, "the rule of " + kind + ": " + e.getMessage(), "correct the expression"));
        }
    }

    /**
     * One rule from its expressions over {@code object}.
     *
     * @param current holds when the object is as asked
     * @param inProgress holds while it is on its way; empty for never
     * @param failed holds when it will not become current by itself; empty for never
     * @throws ExpressionException when one is no expression
     */
    public static HealthRule rule(String current, String inProgress, String failed) throws ExpressionException {
        ExpressionCompiler compiler = new ExpressionCompiler(false);
        return new ExpressionRule(
                optional(compiler, inProgress), optional(compiler, failed), compiler.compile(current, ResultKind.BOOL));
    }

    private static @Nullable Expression optional(ExpressionCompiler compiler, String text) throws ExpressionException {
        return text.isEmpty() ? null : compiler.compile(text, ResultKind.BOOL);
    }

    private static Finding wrong(Location location, String what, String fix) {
        return Finding.error("health-rule", location, what, fix);
    }
}
