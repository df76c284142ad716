package dev.plumbline.registry.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.cel.Expression;
import dev.plumbline.registry.cel.ExpressionCompiler;
import dev.plumbline.registry.cel.ResultKind;
import dev.plumbline.registry.cel.Values;
import dev.plumbline.registry.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The rules that are written by hand say of random values what the CEL text of the CRDs says. */
class ObjectRuleTest {

    private static final int VALUES = 400;

    private static final List<String> FIELDS = List.of(
            "s3",
            "git",
            "raw",
            "plugin",
            "container",
            "script",
            "dag",
            "steps",
            "http",
            "timeout",
            "activeDeadlineSeconds",
            "count",
            "end",
            "depends",
            "dependencies",
            "continueOn",
            "manifest",
            "manifestFrom");

    private final Random random = new Random(11);

    @Test
    void eachAgreesWithItsText() throws Exception {
        assertEquals(10, ObjectRule.texts().size());
        for (String text : ObjectRule.texts()) {
            ExpressionCompiler compiler = new ExpressionCompiler(false);
            Expression expression = compiler.compile(text.replaceAll("\\bself\\b", "object"), ResultKind.BOOL);
            ObjectRule rule = ObjectRule.of(text, "broken");
            int kept = 0;
            for (int i = 0; i < VALUES; i++) {
                Object value = text.startsWith("self.all(") ? List.of(value(), value()) : value();
                Object celValue = Values.of(value);
                boolean expected =
                        Boolean.TRUE.equals(expression.evaluate(name -> name.equals("object") ? celValue : null));
                assertEquals(expected, rule.holds().test(value), text + " of " + Json.write(value));
                kept += expected ? 1 : 0;
            }
            assertTrue(kept > 0 && kept < VALUES, text + " holds for " + kept + " of " + VALUES);
        }
    }

    private Map<String, Object> value() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("name", random.nextBoolean() ? "1st" : "first");
        value.put("value", random.nextBoolean() ? "{{resourcesDuration.cpu}}" : "1");
        if (random.nextBoolean()) {
            value.put("realtime", random.nextBoolean());
        }
        List<String> some = new ArrayList<>(FIELDS);
        java.util.Collections.shuffle(some, random);
        some.subList(0, random.nextInt(8)).forEach(field -> value.put(field, random.nextBoolean() ? "" : "x"));
        return value;
    }
}
