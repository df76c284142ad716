package dev.plumbline.controller.local.fields;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FieldSetTest {

    private static FieldSet set(String json) throws JsonException {
        return FieldSet.parse(Json.parseObject(json));
    }

    @Test
    void whatIsReadIsWrittenAgain() throws Exception {
        String text = "{\"f:data\":{\".\":{},\"f:a\":{},\"f:b\":{\"f:c\":{}}},"
                + "\"f:list\":{\"k:{\\\"name\\\":\\\"x\\\"}\":{\".\":{},\"f:name\":{}},\"v:1\":{}}}";
        assertEquals(text, Json.write(set(text).toFieldsV1()));
        assertEquals(
                ".data .data.a .data.b.c .list[name=\"x\"] .list[name=\"x\"].name .list[=1]",
                set(text).toString());
    }

    @Test
    void parentsAndChildrenAreMembersByThemselves() throws Exception {
        FieldSet both = set("{\"f:a\":{\".\":{},\"f:b\":{}}}");
        FieldSet parent = set("{\"f:a\":{}}");
        assertEquals(set("{\"f:a\":{\"f:b\":{}}}"), both.difference(parent));
        assertEquals(FieldSet.EMPTY, both.without(parent));
        assertEquals(parent, both.intersection(parent));
        assertEquals(both, parent.union(set("{\"f:a\":{\"f:b\":{}}}")));
        assertTrue(parent.difference(both).isEmpty());
    }

    private static FieldType type(String apiVersion, String kind) {
        return Objects.requireNonNull(FieldTypes.of(apiVersion, kind));
    }

    private static Map<String, @Nullable Object> tree(String json) throws JsonException {
        return Json.parseObject(json);
    }

    @Test
    void itemsAreNamedAsTheApiServerNamesThem() throws Exception {
        FieldSet fields = Typed.fields(
                type("apps/v1", "Deployment"),
                tree("{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"<a&b>\",\"ports\":"
                        + "[{\"containerPort\":80}]}]}}}}"));
        assertEquals(
                "{\"f:spec\":{\"f:template\":{\"f:spec\":{\"f:containers\":{\"k:{\\\"name\\\":\\\"\\\\u003ca\\\\u0026b\\\\u003e\\\"}\":"
                        + "{\".\":{},\"f:name\":{},\"f:ports\":{\"k:{\\\"containerPort\\\":80,\\\"protocol\\\":\\\"TCP\\\"}\":"
                        + "{\".\":{},\"f:containerPort\":{}}}}}}}}}",
                Json.write(fields.toFieldsV1()));
    }

    @Test
    void aMergeKeepsTheOrderOfWhatItDoesNotName() throws Exception {
        FieldType type = type("v1", "ServiceAccount");
        Object merged = Merge.merge(
                type,
                tree("{\"secrets\":[{\"name\":\"a\"},{\"name\":\"b\"},{\"name\":\"c\"},{\"name\":\"d\"}]}"),
                tree("{\"secrets\":[{\"name\":\"d\"},{\"name\":\"x\"},{\"name\":\"b\"}]}"));
        assertEquals(
                "{\"secrets\":[{\"name\":\"a\"},{\"name\":\"c\"},{\"name\":\"d\"},{\"name\":\"x\"},{\"name\":\"b\"}]}",
                Json.write(merged));
    }

    @Test
    void whatDoesNotFitIsSaidWithItsPathAndWithoutItsValue() throws Exception {
        FieldFault fault = assertThrows(
                FieldFault.class,
                () -> Typed.check(type("v1", "Secret"), tree("{\"data\":{\"password\":12345}}"), false));
        assertEquals(".data.password: expected string, got a number", fault.getMessage());
    }

    @Test
    void everyKindHasTypes() {
        for (String kind : new String[] {"Namespace", "ConfigMap", "Secret", "Service", "Pod"}) {
            assertNotNull(FieldTypes.of("v1", kind));
        }
        assertNotNull(FieldTypes.of("argoproj.io/v1alpha1", "CronWorkflow"));
    }
}
