package dev.plumbline.registry.argo.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of expressions, as Argo's controller computes them. */
class FormulaTest {

    private static final DottedNames VARIABLES = variables();

    private static DottedNames variables() {
        Map<String, @Nullable Object> names = new HashMap<>(Map.of(
                "inputs.parameters.n", "3",
                "inputs.parameters.list", "[1, 2, 3]",
                "inputs.parameters.json", "{\"a\": {\"b\": [\"x\", \"y\"]}}",
                "tasks.a-b.outputs.result", "heads",
                "workflow.status", "Running"));
        names.put("tasks.gone.outputs.parameters.p", null);
        return DottedNames.of(names);
    }

    private static String value(String text) throws ExpressionException {
        Object value = Formula.parse(text).value(VARIABLES);
        return value == null ? "nil" : Formula.text(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 / 0",
                "float('NaN')",
                "[float('NaN')]",
                "-9223372036854775807..9223372036854775807",
                "repeat('abc', 6148914691236517206)",
                "sprig.regexReplaceAll('a', 'a', '$')",
                "sprig.regexReplaceAll('a', 'a', '$9')",
            })
    void whatHasNoValueOrNoEndIsRefusedAndNothingElseHappens(String text) {
        assertThrows(ExpressionException.class, () -> value(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "asInt(inputs.parameters.n) + 1 | 4",
                "asFloat(inputs.parameters.n) / 2 | 1.5",
                "asInt(inputs.parameters.n) * 2 | 6",
                "6 / 3 | 2",
                "round(-2.5) | -3",
                "round(2.4) | 2",
                "sprig.round(2.345, 2) | 2.35",
                "len(3..1) | 0",
                "7 % 4 + 2 ** 3 | 11",
                "1 + 2 * 3 - -4 | 11",
                "-2 ** 2 | -4",
                "inputs.parameters.n == '3' && !(1 > 2) | true",
                "not (1 < 2) or 2 in [1, 2] | true",
                "3 not in [1, 2] | true",
                "1 < 2 < 3 | true",
                "len('a' + \"b\\n\" + 'c') | 4",
                "inputs.parameters.n > '2' ? 'big' : 'small' | big",
                "inputs.parameters['n'] | 3",
                "tasks['a-b'].outputs.result | heads",
                "tasks.gone.outputs.parameters.p ?? 'none' | none",
                "tasks.gone.outputs.parameters.p | nil",
                "inputs.parameters.absent | nil",
                "jsonpath(inputs.parameters.json, '$.a.b[1]') | y",
                "jsonpath(inputs.parameters.json, '$.a.b[*]') | [\"x\",\"y\"]",
                "jsonpath(inputs.parameters.json, '$..b') | [[\"x\",\"y\"]]",
                "fromJSON(inputs.parameters.list)[1] + 1 | 3",
                "len(fromJSON(inputs.parameters.list)) | 3",
                "map(fromJSON(inputs.parameters.list), {# * 2}) | [2,4,6]",
                "filter([1, 2, 3], # > 1) | [2,3]",
                "sum([1, 2, 3]) | 6",
                "reduce([1, 2, 3], #acc + #) | 6",
                "map(fromJSON('[{\"k\":\"v\"}]'), .k) | [\"v\"]",
                "all([1, 2], # > 0) | true",
                "sortBy([3, 1, 2], #, 'desc') | [3,2,1]",
                "toJson({'b': 1, a: [true, nil]}) | {\"a\":[true,null],\"b\":1}",
                "sprig.trim('  x ') | x",
                "sprig.replace('a', 'b', 'aa') | bb",
                "sprig.default('d', '') | d",
                "sprig.ternary('y', 'n', true) | y",
                "sprig.add(1, 2) | 3",
                "sprig.regexReplaceAll('(a)(b)', 'ab', '${2}${1}') | ba",
                "sprig.b64enc('x') | eA==",
                "join(split('a,b', ','), '-') | a-b",
                "let x = 2; x * x | 4",
                "if 1 > 2 { 'a' } else { 'b' } | b",
                "[1, 2, 3][-1] | 3",
                "'hello'[1:3] | el",
                "1..3 | [1,2,3]",
                "'abc' matches '^a.c$' | true",
                "'abc' startsWith 'ab' and 'abc' endsWith 'bc' and 'abc' contains 'b' | true",
                "{'a': nil}?.a?.b | nil",
                "1e21 | 1e+21",
                "0.1 + 0.2 | 0.30000000000000004",
                "string(3.0) | 3",
                "max(1, 2.5) | 2.5",
                "0x10 + 1_000 | 1016"
            })
    void computes(String text, String value) throws ExpressionException {
        assertEquals(value, value(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "asInt('x') | invalid operation: int(x)",
                "'1' + 2 | invalid operation: string + int",
                "1 % 0 | integer divide by zero",
                "nope.x | unknown name nope",
                "nope | unknown name nope",
                "tasks.nope.outputs.result | cannot fetch result from <nil>",
                "jsonpath('{', '$.a') | is no JSON",
                "jsonpath('{}', '$.a') | finds nothing at '.a'",
                "[1][3] | index out of range: 3 (array length is 1)",
                "!1 | invalid operation: !int",
                "1 && true | expected a bool, got int",
                "now() | is not evaluated here",
                "noSuch(1) | unknown name noSuch",
                "'a'.b() | methods are not called"
            })
    void saysWhyThereIsNoValue(String text, String why) {
        String message =
                assertThrows(ExpressionException.class, () -> value(text)).getMessage();
        assertTrue(message.contains(why), message);
    }

    @Test
    void saysWhatItNeedsAndWhatIsNotEvaluated() throws ExpressionException {
        Formula formula =
                Formula.parse("tasks.a.outputs.result + (tasks.b.outputs.parameters.x ?? sprig.uuidv4()) + item");
        assertEquals(List.of("tasks.a.outputs.result", "item"), formula.needs());
        assertEquals(Set.of("sprig.uuidv4"), formula.unknownFunctions());
    }

    @Test
    void aValueIsPipedIntoAFunction() throws ExpressionException {
        assertEquals("AB", value("'ab' | upper()"));
    }

    @Test
    void holdsOnlyWhereTheValueIsABool() throws ExpressionException {
        assertTrue(Formula.parse("workflow.status == 'Running'").holds(VARIABLES));
        assertEquals(
                "unable to cast expression result '3' to bool",
                assertThrows(
                                ExpressionException.class,
                                () -> Formula.parse("1 + 2").holds(VARIABLES))
                        .getMessage());
    }
}
