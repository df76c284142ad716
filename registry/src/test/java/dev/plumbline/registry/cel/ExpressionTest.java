package dev.plumbline.registry.cel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.cel.ExpressionException.Kind;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CEL as an API server speaks it. What the lines of the table give is what a real server gave. */
class ExpressionTest {

    private static final Object OBJECT = tree("""
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "e1", "namespace": "default"},
             "data": {"text": "x"}, "spec": {"n": null, "whole": 3, "part": 1.5}}""");

    private static final Map<String, Object> INPUTS = Map.of(
            "object", OBJECT,
            "oldObject", Values.of(null),
            "namespaceObject", tree("{\"metadata\": {\"name\": \"default\"}}"),
            "request", tree("""
                    {"operation": "CREATE", "name": "e1", "namespace": "default",
                     "resource": {"group": "", "version": "v1", "resource": "configmaps"},
                     "kind": {"group": "", "version": "v1", "kind": "ConfigMap"}}"""));

    private final ExpressionCompiler compiler = new ExpressionCompiler(false);

    static Stream<String[]> table() throws IOException {
        String text = new String(
                ExpressionTest.class.getResourceAsStream("expressions.txt").readAllBytes(), StandardCharsets.UTF_8);
        return text.lines().filter(line -> !line.startsWith("#")).map(line -> line.split(" \\| ", 2));
    }

    @ParameterizedTest
    @MethodSource("table")
    void givesWhatAServerGives(String expected, String text) throws Exception {
        String given;
        try {
            given = String.valueOf(evaluate(text));
        } catch (ExpressionException e) {
            given = e.kind() == Kind.FAILED ? "ERROR" : e.kind() + ": " + e.getMessage();
        }
        assertEquals(expected, given);
    }

    @Test
    void nullsAndNumbersAreConverted() throws Exception {
        assertEquals(true, evaluate("object.spec.n == null"));
        assertEquals(4L, evaluate("object.spec.whole + 1"));
        assertEquals(2.5, evaluate("object.spec.part + 1.0"));
        assertEquals(null, evaluate("object.spec.n"));
    }

    @Test
    void saysWhatIsMissing() {
        assertEquals(
                "no such key: nothing",
                assertThrows(ExpressionException.class, () -> evaluate("object.nothing.more"))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "object.",
                "nobody.name",
                "request.opration == 'a'",
                "namespaceObject.metadata.nam",
                "variables.nothing",
                "1 + 'a'",
                "[1, 'a']",
                "params.x",
                "'abc'.reverse()",
                "cel.bind(x, 1, x)",
                "math.greatest(1, 2)",
                "quantity(1)",
                "duration('90x')",
                "'a'.matches('(')",
                "[object.data, 'x']",
                "f('a')"
            })
    void refusesWhatAServerRefuses(String text) {
        assertEquals(
                Kind.NOT_VALID,
                assertThrows(ExpressionException.class, () -> compiler.compile(text, ResultKind.ANY))
                        .kind());
    }

    @Test
    void aResultOfUnknownTypeIsNoBool() {
        assertThrows(ExpressionException.class, () -> compiler.compile("object.spec.flag", ResultKind.BOOL));
        assertThrows(ExpressionException.class, () -> compiler.compile("1", ResultKind.STRING));
    }

    @Test
    void theAuthorizerIsRefusedByName() {
        ExpressionException refused = assertThrows(
                ExpressionException.class,
                () -> compiler.compile(
                        "authorizer.group('apps').resource('deployments').check('get').allowed()", ResultKind.BOOL));
        assertEquals(Kind.NEEDS_CLUSTER, refused.kind());
        assertTrue(refused.getMessage().startsWith("authorizer"), refused.getMessage());
    }

    @Test
    void variablesHaveTypes() throws Exception {
        compiler.declare("count", compiler.compile("size(object.spec)", ResultKind.ANY));
        assertThrows(ExpressionException.class, () -> compiler.compile("variables.count == 'a'", ResultKind.BOOL));
        Expression expression = compiler.compile("has(variables.count) && variables.count + 1 == 4", ResultKind.BOOL);
        assertEquals(
                true, expression.evaluate(name -> name.equals("variables") ? Map.of("count", 3L) : INPUTS.get(name)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "object.list.map(a, object.list.map(b, object.list.map(c, object.list.map(d, d)))).size() > 0",
                "['aaaaaaaaaaaaaaaa']DOUBLED.size() > 0",
                "[[1, 1, 1, 1, 1, 1, 1, 1]]DOUBLED.size() > 0",
                "object.list.all(a, object.list.all(b, object.long.contains('y') == false))",
                "object.list.all(a, object.list.all(b, object.long.matches('x*y') == false))",
                "object.list.map(a, object.long.replace('x', object.long)).size() > 0",
                "object.list.map(a, object.long.split('')).map(l, l.join(object.long)).size() > 0"
            })
    void whatDoesNotEndIsStopped(String text) throws Exception {
        String doubled = text.replace("DOUBLED", ".map(x, x + x)".repeat(60));
        Expression expression = compiler.compile(doubled, ResultKind.BOOL);
        Map<String, Object> object = Map.of(
                "list", Collections.nCopies(100, 1L),
                "long", String.join("", Collections.nCopies(100_000, "x")));
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            ExpressionException stopped =
                    assertThrows(ExpressionException.class, () -> expression.evaluate(name -> object));
            assertEquals(Kind.OVER_BUDGET, stopped.kind(), stopped.getMessage());
        });
    }

    @Test
    void aHugeExpressionIsRefused() {
        String huge = String.join(" + ", Collections.nCopies(200_000, "1"));
        String deep = "(".repeat(5_000) + "1" + ")".repeat(5_000);
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> Arrays.asList(huge, deep)
                        .forEach(text ->
                                assertThrows(ExpressionException.class, () -> compiler.compile(text, ResultKind.ANY))));
    }

    private Object evaluate(String text) throws ExpressionException {
        return compiler.compile(text, ResultKind.ANY).evaluate(INPUTS::get);
    }

    private static Object tree(String json) {
        try {
            return Values.of(Json.parse(json));
        } catch (JsonException e) {
            throw new IllegalStateException(e);
        }
    }
}
