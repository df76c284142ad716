package dev.plumbline.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plumbline.registry.validate.Group;
import dev.plumbline.registry.validate.Rule;
import dev.plumbline.registry.validate.RuleExamples;
import dev.plumbline.registry.validate.Rules;
import dev.plumbline.registry.validate.Suppression;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The page of rules is made from the rules and their examples; {@code -Dplumbline.write=true} makes it anew. */
class RulesPageTest {

    private static final Path PAGE = Path.of("../registry/docs/rules.md");

    @Test
    void isCurrent() throws Exception {
        String page = page();
        if (Boolean.getBoolean("plumbline.write")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE), "make it anew with -Dplumbline.write=true");
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Rules

                Made from the rules and their examples by a test. `plumbline lint --explain RULE` says the same. An object whose \
                annotation `%s<rule>` gives a reason is not blamed for what breaks that rule, as far as nothing else would refuse it.
                """.formatted(Suppression.PREFIX));
        for (Group group : Group.values()) {
            List<Rule> rules = Rules.standard().stream()
                    .filter(rule -> rule.group() == group)
                    .toList();
            page.append("\n## Group ")
                    .append(group.number())
                    .append("\n\n")
                    .append(group.description())
                    .append("\n\n");
            page.append("| rule | severity | asks |\n|---|---|---|\n");
            rules.forEach(rule -> page.append("| [`%s`](#%s) | %s | %s |\n"
                    .formatted(
                            rule.id(),
                            rule.id(),
                            rule.severity().name().toLowerCase(Locale.ROOT),
                            rule.description().replace("|", "\\|"))));
            rules.forEach(
                    rule -> page.append("\n### %s\n\n%s\n\nRefused:\n\n```yaml\n%s```\n\nAccepted:\n\n```yaml\n%s```\n"
                            .formatted(
                                    rule.id(), rule.description(), RuleExamples.bad(rule), RuleExamples.good(rule))));
        }
        return page.toString();
    }
}
