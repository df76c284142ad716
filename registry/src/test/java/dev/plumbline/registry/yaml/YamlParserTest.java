package dev.plumbline.registry.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.model.Location;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlParserTest {

    private static YamlDocuments parse(String text) {
        return YamlParser.parse("f.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> findings(String text) {
        return parse(text).findings().stream()
                .map(finding -> finding.location() + " " + finding.severity() + " " + finding.rule())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            on | "on"
            yes | "yes"
            NO | "NO"
            Off | "Off"
            y | "y"
            010 | 8
            0o10 | 8
            0b11 | 3
            1_000 | 1000
            1:30 | "1:30"
            0x1F | 31
            -0x1F | -31
            .5 | 0.5
            5. | 5.0
            1.10 | 1.1
            1e3 | 1000.0
            08 | 8.0
            ~ | null
            null | null
            Null | null
            true | true
            TRUE | true
            "true" | "true"
            '1' | "1"
            !!str 1 | "1"
            18446744073709551615 | 18446744073709551615
            1.2.3 | "1.2.3"
            + | "+"
            -1 | -1
            .e1 | ".e1"
            """)
    void readsScalarsAsKustomizeDoes(String written, String json) {
        assertEquals(
                json,
                Json.write(
                        parse("k: " + written).documents().getFirst().child("k").value()));
    }

    @Test
    void aScalarOfMegabytesIsReadSoon() {
        String text = "\u00e4\ud83d\ude00".repeat(2 * 1024 * 1024);
        for (String yaml :
                List.of("a: \"" + text + "\"\nb: 1\n", "a: " + text + "\nb: 1\n", "a: |-\n  " + text + "\nb: 1\n")) {
            YamlDocuments read = assertTimeout(
                    Duration.ofSeconds(20), () -> YamlParser.parse("a.yaml", yaml.getBytes(StandardCharsets.UTF_8)));
            YamlMap map = (YamlMap) read.documents().getFirst();
            assertEquals(Map.of("a", text, "b", 1L), map.value());
            assertEquals(
                    yaml.lines().count(),
                    Objects.requireNonNull(map.child("b")).location().line());
        }
    }

    @Test
    void anEscapeWithoutDigitsIsAFinding() {
        assertEquals(List.of("f.yaml ERROR yaml-syntax"), findings("a: \"\\U"));
    }

    @Test
    void saysWhatKubectlWouldReadDifferently() {
        assertEquals(
                List.of("f.yaml:1:4 WARNING yaml-ambiguous-boolean", "f.yaml:2:1 WARNING yaml-ambiguous-boolean"),
                findings("a: yes\non: \"yes\"\n"));
        assertEquals(List.of("f.yaml:1:4 ERROR yaml-date"), findings("a: 2001-01-01\n"));
        assertEquals(List.of(), findings("a: 2001-01-01T00:00:00Z\n"));
    }

    @Test
    void findsWhatNoToolAccepts() {
        assertEquals(List.of("f.yaml:2:1 ERROR yaml-duplicate-key"), findings("a: 1\na: 2\n"));
        assertEquals(List.of("f.yaml:1:1 ERROR yaml-key-not-text"), findings("1: a\n"));
        assertEquals(List.of("f.yaml:1:4 ERROR yaml-tag"), findings("a: !!binary aGk=\n"));
        assertEquals(List.of("f.yaml:1:4 ERROR yaml-tag"), findings("a: !own {}\n"));
        assertEquals(List.of("f.yaml:1:6 ERROR yaml-merge-key"), findings("{<<: x}"));
        assertEquals(List.of("f.yaml:2:1 ERROR yaml-syntax"), findings("a: [1\n}b"));
    }

    @Test
    void findsBytesThatAreNotText() {
        YamlDocuments documents = YamlParser.parse("f.yaml", new byte[] {'a', ':', '\n', ' ', (byte) 0xff});
        assertEquals(
                new Location("f.yaml", 2, 2), documents.findings().getFirst().location());
        assertTrue(documents.broken());
        assertEquals(List.of("f.yaml:2 ERROR yaml-syntax"), findings("a: b\nc: \u0007\n"));
    }

    @Test
    void dropsAByteOrderMark() {
        assertEquals(Map.of("a", 1L), parse("\ufeffa: 1").documents().getFirst().value());
    }

    @Test
    void knowsWhereThingsStand() {
        YamlNode node = parse("# comment\na:\n  b:\n  - x: 1\n    y: {z: 2}\n---\nsecond: doc\n")
                .documents()
                .getFirst();
        assertEquals("f.yaml:2:1", node.child("a").location().toString());
        assertEquals("f.yaml:3:3", node.child("a").child("b").location().toString());
        assertEquals(
                "f.yaml:4:5", node.child("a").child("b").child("0").location().toString());
        assertEquals(
                "f.yaml:5:12",
                node.child("a")
                        .child("b")
                        .child("0")
                        .child("y")
                        .child("z")
                        .location()
                        .toString());
    }

    @Test
    void countsLinesOfATextInsideAFile() {
        YamlDocuments inner = YamlParser.parse(new Location("f.yaml", 7, 0), "a: 1\nb: yes\n");
        assertEquals("f.yaml:8", inner.findings().getFirst().location().toString());
    }

    @Test
    void leavesEmptyDocumentsOut() {
        assertEquals(
                2,
                parse("---\n# nothing\n---\na: 1\n---\n---\nb: 2\n").documents().size());
    }

    @Test
    void copiesAliasesSoThatOneMayBeChanged() {
        YamlMap map = (YamlMap) parse("a: &x {k: 1}\nb: *x\n").documents().getFirst();
        ((YamlMap) map.child("a")).entries().clear();
        assertEquals(Map.of("k", 1L), map.child("b").value());
    }

    @Test
    @Timeout(10) // It took minutes.
    void aMillionDigitsAreAText() {
        String digits = "1".repeat(1_000_000);
        assertEquals(digits, YamlScalar.plain(digits, Location.of("f")).value());
        assertFalse(YamlScalar.isReadAsAnother(digits));
        assertFalse(YamlScalar.needsQuotes(digits));
    }

    @Test
    void boundsHostileFiles() {
        String bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n";
        for (char c = 'b'; c < 'k'; c++) {
            String alias = "*" + (char) (c - 1);
            bomb += c + ": &" + c + " [" + String.join(",", java.util.Collections.nCopies(10, alias)) + "]\n";
        }
        assertEquals("yaml-too-large", parse(bomb).findings().getFirst().rule());
        assertEquals(
                "yaml-too-large", parse("[".repeat(5000)).findings().getFirst().rule());
        assertEquals(
                "yaml-recursive-alias",
                parse("a: &a\n  b: *a\n").findings().getFirst().rule());
        String many = "a: &a {}\nb: [" + "*a,".repeat(YamlParser.MAX_ALIASES + 1) + "]\n";
        assertTrue(parse(many).findings().stream().map(Finding::severity).anyMatch(Severity.ERROR::equals));
    }

    @Test
    void readsNamesOfAnyLengthOnlyAsText() {
        assertEquals(
                Map.of("a", "1".repeat(500)),
                parse("a: " + "1".repeat(500)).documents().getFirst().value());
    }
}
