package dev.plumbline.registry.argo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TagsTest {

    private static final Map<String, String> VALUES = Map.of("inputs.parameters.x", "1", "workflow.name", "w");

    @Test
    void replacesWhatIsKnownAndLeavesTheRest() {
        assertEquals(
                "w-1-{{ unknown }}-{{=1+1}}-{{open",
                Tags.replace("{{workflow.name}}-{{ inputs.parameters.x }}-{{ unknown }}-{{=1+1}}-{{open", VALUES::get));
    }

    @Test
    void aValueThatLooksLikeATagIsNotReplacedAgain() {
        Map<String, String> scope = Map.of("a", "{{b}}", "b", "2");
        assertEquals("{{b}}2", Tags.replace("{{a}}{{b}}", scope::get));
    }

    @Test
    void tellsExpressionsFromSimpleTags() {
        List<Tags.Tag> tags = Tags.find("{{a}} {{= b ?? 1}}");
        assertEquals(
                List.of(false, true), tags.stream().map(Tags.Tag::expression).toList());
        assertEquals("b ?? 1", tags.getLast().body());
    }

    @Test
    void knowsATextThatIsNothingButATag() {
        assertEquals("tasks.a.outputs.parameters.p", Tags.whole(" {{ tasks.a.outputs.parameters.p }} "));
        assertNull(Tags.whole("x{{a}}"));
        assertNull(Tags.whole("{{a}}{{b}}"));
        assertNull(Tags.whole("{{=a}}"));
        assertFalse(Tags.present("no {{tag"));
    }
}
