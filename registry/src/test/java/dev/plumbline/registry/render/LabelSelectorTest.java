package dev.plumbline.registry.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            app=web                     | true
            app==web                    | true
            app = web , tier != cache   | true
            app!=web                    | false
            other!=x                    | true
            app                         | true
            !app                        | false
            !other                      | true
            app in (a, web)             | true
            app notin (a,web)           | false
            other notin (a)             | true
            size>4                      | true
            size<4                      | false
            app=                        | false
            empty=                      | true
            example.org/x=y             | true
            """)
    void selects(String selector, boolean expected) {
        Map<String, String> labels = Map.of("app", "web", "tier", "db", "size", "5", "empty", "", "example.org/x", "y");
        LabelSelector parsed = LabelSelector.parse(selector);
        assertNotNull(parsed);
        assertEquals(expected, parsed.matches(labels));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a in b", "a=b,,c", "=b", "a>x", "a in (b", "!a=b"})
    void refuses(String selector) {
        assertNull(LabelSelector.parse(selector));
    }
}
