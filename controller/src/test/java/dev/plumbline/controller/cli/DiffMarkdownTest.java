package dev.plumbline.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.diff.ManifestDiff;
import dev.plumbline.registry.diff.ObjectChange;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.manifest.Origin;
import dev.plumbline.registry.model.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DiffMarkdownTest {

    private static Manifest object(String kind, String name, Object... data) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < data.length; i += 2) {
            Object value = data[i + 1];
            fields.put((String) data[i], value instanceof List<?> list ? new ArrayList<>(list) : value);
        }
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>(Map.of("name", name));
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        content.put("apiVersion", "v1");
        content.put("kind", kind);
        content.put("metadata", metadata);
        content.put("data", fields);
        return Manifest.of(content, Origin.of(Location.of("a.yaml")));
    }

    private static RenderedDiff diff(List<Manifest> before, List<Manifest> after) {
        List<ObjectChange> changes = ManifestDiff.between(before, after);
        return new RenderedDiff("1111111111", "2222222222", Map.of("overlays/a", changes));
    }

    @Test
    void isTheSameForTheSameChange() {
        RenderedDiff diff = diff(
                List.of(
                        object("ConfigMap", "a", "x", "1", "code", "one\ntwo\n", "old", "`tick`"),
                        object("Secret", "s", "k", "c2VjcmV0")),
                List.of(
                        object("ConfigMap", "a", "x", "@2", "code", "one\n```\n", "list", List.of("p", "q")),
                        object("ConfigMap", "b"),
                        object("Secret", "s", "k", "aGlkZGVu")));
        String expected = """
                ### `overlays/a`: 1 added, 2 changed, 0 removed

                - changed `ConfigMap/a`
                  - `data.x`: `1` → `@2`
                  - `data.code`

                    ````diff
                     one
                    -two
                    +```
                    ````

                  - `data.list`: added `["p","q"]`
                  - `data.old`: removed `` `tick` ``
                - added `ConfigMap/b`
                - changed `Secret/s`
                  - `data.k`: secret, changed
                """;
        assertEquals(expected, DiffMarkdown.of(diff));
        String text = DiffText.of(diff, false);
        assertTrue(text.contains("data.k: (secret, changed)"), text);
        assertFalse((text + DiffMarkdown.of(diff) + diff.tree()).matches("(?s).*(c2VjcmV0|aGlkZGVu).*"), "a secret");
        assertFalse(text.contains("\u001b"), text);
        assertTrue(DiffText.of(diff, true).contains("\u001b[32m"));
    }

    @Test
    void blanksAroundAValueAreSeen() {
        String markdown = DiffMarkdown.of(diff(
                List.of(object("ConfigMap", "a", "blanks", "b")), List.of(object("ConfigMap", "a", "blanks", " b "))));
        assertTrue(markdown.contains("  - `data.blanks`: `b` → `  b  `\n"), markdown);
    }

    @Test
    void nothingFromGitReachesTheTerminalAsACommand() {
        RenderedDiff diff = diff(
                List.of(object("ConfigMap", "a", "x", "1")),
                List.of(object("ConfigMap", "a", "x", "\u001b[2J\nz\u009b")));
        assertFalse(DiffText.of(diff, false).matches("(?s).*[\u001b\u009b].*"));
        assertFalse(DiffMarkdown.of(diff).matches("(?s).*[\u001b\u009b].*"));
    }

    @Test
    void fitsIntoAComment() {
        List<Manifest> many = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            many.add(object("ConfigMap", "config-with-a-long-name-" + i));
        }
        String markdown = DiffMarkdown.of(diff(List.of(), many));
        assertTrue(markdown.length() < DiffMarkdown.MAX_CHARACTERS + 100, "length " + markdown.length());
        assertTrue(markdown.matches("(?s).*… and [0-9]+ more objects, left out for length.\n"), "end");
        assertEquals("No rendered change.\n", DiffMarkdown.of(diff(many, many)));
    }
}
