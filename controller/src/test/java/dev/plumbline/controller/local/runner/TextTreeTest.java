package dev.plumbline.controller.local.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextTreeTest {

    @Test
    void simpleTagsAreReplacedInKeysAndTextsAndExpressionsInTexts() throws Exception {
        Map<String, String> names = Map.of("workflow.name", "w", "inputs.parameters.x", "1");
        assertEquals(
                Map.of("w", List.of("1-2", 2L), "plain", "{{unknown}}"),
                TextTree.replaced(
                        Map.of(
                                "{{workflow.name}}",
                                List.of("{{inputs.parameters.x}}-{{=1+1}}", 2L),
                                "plain",
                                "{{unknown}}"),
                        ExpressionTags.lenient(Map.of()),
                        names::get));
    }
}
