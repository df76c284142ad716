package dev.plumbline.registry.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.finding.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Reads the examples of all rules: {@code rules/<rule>/bad*.yaml} says at the end of a line {@code # expect: <rule>} where each
 * finding must be, {@code good*.yaml} must have none at all,
 * advice of other rules apart. A new case is a new file.
 */
class RulesTest {

    private static final Path EXAMPLES = Path.of("src/main/resources/dev/plumbline/registry/validate/rules");
    private static final Pattern EXPECTED = Pattern.compile("# expect: ([a-z0-9- ]+)");

    @TestFactory
    Stream<DynamicTest> findsExactlyWhatTheExamplesSay() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(
                            EXAMPLES.relativize(file).toString(), () -> assertEquals(expected(file), found(file))));
        }
    }

    @Test
    void everyRuleHasABadAndAGoodExample() throws IOException {
        for (Rule rule : Rules.standard()) {
            Set<String> kinds = new TreeSet<>();
            try (Stream<Path> files = Files.list(EXAMPLES.resolve(rule.id()))) {
                files.forEach(file -> kinds.add(file.getFileName().toString().replaceFirst("[-.].*", "")));
            }
            assertEquals(Set.of("bad", "good"), kinds, rule.id());
        }
    }

    @Test
    void everyBadExampleBreaksTheRuleOfItsFolder() throws IOException {
        for (Rule rule : Rules.standard()) {
            try (Stream<Path> files = Files.list(EXAMPLES.resolve(rule.id()))) {
                files.filter(file -> file.getFileName().toString().startsWith("bad"))
                        .forEach(file -> assertTrue(
                                expected(file).stream().anyMatch(line -> line.endsWith(" " + rule.id())),
                                file.toString()));
            }
        }
    }

    @Test
    void ruleIdsAreDistinct() {
        assertEquals(
                Rules.standard().size(),
                Rules.standard().stream().map(Rule::id).distinct().count());
    }

    private static List<String> expected(Path file) {
        List<String> expected = new ArrayList<>();
        String[] lines = read(file).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            Matcher matcher = EXPECTED.matcher(lines[i]);
            if (matcher.find()) {
                for (String rule : matcher.group(1).strip().split(" ", -1)) {
                    expected.add((i + 1) + " " + rule);
                }
            }
        }
        return expected.stream().sorted().toList();
    }

    private static List<String> found(Path file) {
        List<Finding> findings = Validator.lint(Examples.objects(file.toString(), read(file)));
        for (Finding finding : findings) {
            assertTrue(
                    finding.location() != null
                            && finding.location().line() > 0
                            && finding.location().column() > 0,
                    finding.toString());
        }
        String folder = String.valueOf(file.getParent().getFileName());
        return findings.stream()
                // Advice of other rules would only make the examples longer, and so would what our runner lacks.
                .filter(finding -> finding.rule().equals(folder)
                        || (finding.severity() != Severity.ADVICE
                                && !finding.rule().equals("runner-refuses")))
                .map(finding ->
                        (finding.location() == null ? 0 : finding.location().line()) + " " + finding.rule())
                .sorted()
                .collect(Collectors.toList());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
