package dev.plumbline.registry.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plumbline.registry.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class YamlWriterTest {

    private static final List<String> ODD = List.of(
            "",
            " ",
            "a b",
            " a",
            "a ",
            "yes",
            "No",
            "on",
            "null",
            "~",
            "true",
            "1",
            "1.0",
            "0x1f",
            "1e3",
            "2001-01-01",
            "-",
            "- a",
            "a: b",
            "a #b",
            "#",
            "'",
            "\"",
            "\\",
            "{",
            "[a]",
            "*a",
            "&a",
            "!a",
            "%a",
            "@a",
            "`a",
            "|",
            ">",
            "a\nb",
            "a\nb\n",
            "a\nb\n\n",
            "\n",
            "\na",
            " a\nb",
            "a\n b\n",
            "a\n\n\nb",
            "a\t\nb\n",
            "\ta\nb",
            "a\r\nb",
            "\u0007",
            "\u0085",
            "\u2028",
            "\ufeff",
            "\u00e9\n\u00e9",
            "\ud83d\ude00",
            "a\n \n",
            "a\n  ",
            "<<",
            "=",
            ".inf",
            "y",
            "print(\"x\")\nif a:\n    b = 'c'  # d\n",
            "---",
            "--- a",
            "...",
            "key:",
            "?",
            "? a",
            "a,b",
            "1:30");

    private final Random random = new Random(42);

    private @Nullable Object tree(int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 10)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextLong();
            case 3 -> random.nextDouble() * 1000;
            case 4, 5 -> ODD.get(random.nextInt(ODD.size()));
            case 6, 7 -> list(depth);
            default -> map(depth);
        };
    }

    private List<@Nullable Object> list(int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(tree(depth - 1));
        }
        return list;
    }

    private Map<String, @Nullable Object> map(int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put(ODD.get(random.nextInt(ODD.size())), tree(depth - 1));
        }
        return map;
    }

    @Test
    void readsBackTheSame() {
        for (int i = 0; i < 2_000; i++) {
            Map<String, @Nullable Object> tree = map(4);
            tree.put("first", "key");
            String text = YamlWriter.write(tree);
            YamlDocuments back = YamlParser.parse("f", text.getBytes(StandardCharsets.UTF_8));
            assertEquals(List.of(), back.findings(), text);
            assertEquals(
                    Json.pretty(tree), Json.pretty(back.documents().getFirst().value()), text);
        }
    }

    @Test
    void readsWell() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("kind", "ConfigMap");
        tree.put("list", List.of(Map.of("name", "a"), "b", List.of()));
        tree.put("text", "one\n  two\n");
        tree.put("flag", "yes");
        assertEquals("""
                kind: ConfigMap
                list:
                - name: a
                - b
                - []
                text: |
                  one
                    two
                flag: "yes"
                """, YamlWriter.write(tree));
        assertEquals("a: 1\n---\nb: 2\n", YamlWriter.writeAll(List.of(Map.of("a", 1L), Map.of("b", 2L))));
    }
}
