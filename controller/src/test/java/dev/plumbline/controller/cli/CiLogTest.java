package dev.plumbline.controller.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.plumbline.registry.json.Json;
import org.junit.jupiter.api.Test;

/** Text from Git does not command the CI system that reads what is printed. */
class CiLogTest {

    @Test
    void breaksUpCommands() {
        assertEquals("""
                a :: b
                :\\:error file=a::b
                 \t:\\:add-mask::x
                \u00a0:\\:set-output
                see #\\#[add-mask]x and #\\#vso[task.setvariable]y and ###\\#teamcity[z]
                ## Heading
                """, CiLog.text("""
                        a :: b
                        ::error file=a::b
                         \t::add-mask::x
                        \u00a0::set-output
                        see ##[add-mask]x and ##vso[task.setvariable]y and ####teamcity[z]
                        ## Heading
                        """));
    }

    @Test
    void jsonMeansTheSame() throws Exception {
        String json = Json.pretty(java.util.Map.of("a", "x ##[add-mask]y ##"));
        String safe = CiLog.json(json);
        assertFalse(safe.contains("##["), safe);
        assertEquals(Json.parse(json), Json.parse(safe));
    }
}
