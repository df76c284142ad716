package dev.plumbline.registry.argo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhenTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "true == true ; true",
                "true != true ; false",
                "yes == yes ; true",
                "yes == 'yes' ; true",
                "\"a b\" == 'a b' ; true",
                "0.84 < 0.85 ; true",
                "10 > 9 ; true",
                "'10' > '9' ; false",
                "1.0 == 1 ; true",
                "1 == '1' ; false",
                "-1 < 0 ; true",
                "a == a && b == c || d == d ; true",
                "a == a && (b == c || d == e) ; false",
                "!(a == b) ; true",
                "!true || false ; false",
                "a in (b, c) ; false",
                "a in (b, 'a') ; true",
                "'model-7' =~ '^model-[0-9]+$' ; true",
                "'model-x' !~ '^model-[0-9]+$' ; true",
                "'' == '' ; true",
            })
    void holdsAsGovaluateSays(String when, boolean expected) throws ArgoSyntaxException {
        assertEquals(expected, When.holds(when), when);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a-b == c",
                "a ==",
                "== a",
                "(a == b",
                "'a == b",
                "a && true",
                "word",
                "1 < a",
                "a b",
                "1 + 1 == 2",
                "3x == 3x",
                "{{a",
                "a in b",
                "'a' =~ '('"
            })
    void refusesWhatHasNoBooleanValue(String when) {
        ArgoSyntaxException e = assertThrows(ArgoSyntaxException.class, () -> When.holds(when));
        assertTrue(String.valueOf(e.getMessage()).startsWith("when"), e.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{tasks.a.outputs.parameters.x}} == true", "{{a}} > 3 && '{{b}}' != ''"})
    void checksSyntaxWithTagsStillThere(String when) throws ArgoSyntaxException {
        When.parse(when);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 100_000})
    void deepNestingIsRefusedNotOverflowing(int depth) {
        String when = "(".repeat(depth) + "true" + ")".repeat(depth);
        assertThrows(ArgoSyntaxException.class, () -> When.holds(when));
    }
}
