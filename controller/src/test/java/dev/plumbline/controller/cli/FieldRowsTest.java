package dev.plumbline.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FieldRowsTest {

    /** Fields and commits, joined; as field and commit. */
    private static List<String> joined(String... pairs) {
        List<Map<String, @Nullable Object>> lines = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            Map<String, @Nullable Object> line = new LinkedHashMap<>();
            line.put("field", pairs[i]);
            line.put("commit", pairs[i + 1]);
            lines.add(line);
        }
        return FieldRows.joined(lines).stream()
                .map(row -> row.get("field") + " " + row.get("commit"))
                .toList();
    }

    @Test
    void pathsHaveSteps() {
        assertEquals(
                List.of("spec", "templates", "[name=a]", "container", "image"),
                FieldRows.steps("spec.templates[name=a].container.image"));
        assertEquals(
                List.of("data", "[\"a.b]\\\"c\"]", "[0]", "[name=\"x]\"]", "y"),
                FieldRows.steps("data[\"a.b]\\\"c\"][0][name=\"x]\"].y"));
    }

    @Test
    void whatOneCommitMadeIsOneRow() {
        assertEquals(List.of("(every field) 1"), joined("a", "1", "b.c", "1", "b.d[0]", "1"));
        assertEquals(List.of("a 1", "b.c 2", "b.d 1"), joined("a", "1", "b.c", "2", "b.d[0].x", "1", "b.d[1].y", "1"));
        assertEquals(
                List.of("data[\"a.py\"] 1", "data[\"b.py\"] 2"), joined("data[\"a.py\"]", "1", "data[\"b.py\"]", "2"));
    }

    @Test
    void theOrderOfAListIsSaidOnlyWhereNothingElseSaysIt() {
        assertEquals(
                List.of("t[name=a].name 1", "t[name=b].name 2"),
                joined("t[order]", "2", "t[name=a].name", "1", "t[name=b].name", "2"));
        assertEquals(
                List.of("t[order] 3", "t[name=a].name 1", "t[name=b].name 2"),
                joined("t[order]", "3", "t[name=a].name", "1", "t[name=b].name", "2"));
    }
}
