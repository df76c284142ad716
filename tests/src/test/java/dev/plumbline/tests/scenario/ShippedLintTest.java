package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shipped pipelines, overlays and policies keep to every rule that we have, but for what they say a reason for. */
class ShippedLintTest {

    @Test
    void thereIsNoErrorAndNoWarning() throws Exception {
        CommandLine said = CommandLine.run("lint", "--repo", "..", "-o", "json");
        assertEquals("", said.err());
        List<String> findings = Tree.maps(Json.parseObject(said.out()), "findings").stream()
                .filter(finding -> !Tree.text(finding, "severity").equals("advice"))
                .filter(finding -> Tree.text(finding, "suppressed").isEmpty())
                .map(Object::toString)
                .toList();
        assertEquals(List.of(), findings);
        assertEquals(0, said.code());
    }
}
