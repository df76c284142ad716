package dev.plumbline.registry.argo;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of Kubernetes' label selectors, as Argo uses it for conditions of resource templates. */
class ResourceConditionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "status.phase == Succeeded",
                "status.phase=Succeeded",
                "status.phase in (Succeeded, Failed)",
                "status.phase notin (Failed)",
                "status.succeeded > 0,status.failed < 1",
                "status.ready",
                "!status.failed",
                "status.message =",
                "status.phase != Running , !x",
                "status.phase == {{inputs.parameters.phase}}",
                "example.com/phase == a"
            })
    void reads(String text) {
        assertDoesNotThrow(() -> ResourceCondition.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status.phase == 'Succeeded' | cannot be a value",
                "status.conditions.#(type==Ready).status == True | cannot be a path",
                "status.succeeded > many | no whole number",
                "status.succeeded > 9223372036854775808 | no whole number of 64 bits",
                "status.phase in Succeeded | there must be '('",
                "status.phase in (Succeeded | there must be ')'",
                "status.phase == Succeeded, | missing behind the last",
                "status.phase == a b | there must be ','",
                "== a | a path in the object is missing",
                "status.phase & b | no operator",
                "status.succeeded > | a value is missing at the end"
            })
    void refuses(String text, String why) {
        String message = assertThrows(ArgoSyntaxException.class, () -> ResourceCondition.parse(text))
                .getMessage();
        assertTrue(message.contains(why), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status.phase == Ready | true",
                "status.phase != Ready | false",
                "status.phase in (Ready, Done), status.n > 2 | true",
                "status.phase in (Ready, Done), status.n > 3 | false",
                "status.n < 4 | true",
                "status.phase > 4 | false",
                "status.list.1.name == b | true",
                "status.list.2.name | false",
                "status.gone | false",
                "!status.gone | true",
                "!status.phase | false",
                "status.gone notin (a) | true",
                "status.gone == a | false",
                "status.flag == true, status.empty = | true"
            })
    void means(String text, boolean expected) throws Exception {
        Map<String, Object> object = Map.of(
                "status",
                Map.of(
                        "phase",
                        "Ready",
                        "n",
                        3L,
                        "flag",
                        true,
                        "empty",
                        "",
                        "list",
                        List.of(Map.of("name", "a"), Map.of("name", "b"))));
        assertEquals(expected, ResourceCondition.parse(text).stream().allMatch(one -> one.holds(Map.copyOf(object))));
    }

    @Test
    void numbersOfSixtyFourBitsAreCompared() throws ArgoSyntaxException {
        ResourceRequirement most =
                ResourceCondition.parse("n > 9223372036854775806").getFirst();
        assertTrue(most.holds(Map.of("n", "9223372036854775807")));
        assertFalse(most.holds(Map.of("n", "9223372036854775808")), "Kubernetes cannot read it");
        assertTrue(ResourceCondition.parse("n < 1").getFirst().holds(Map.of("n", "-9223372036854775808")));
    }
}
