package dev.plumbline.registry.schema;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.schema.FieldType.Sort;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one of the shipped files of compact schemas. */
final class SchemaFile {

    private static final String SCHEMA = "plumbline.dev/kind-schemas/v1";

    private final List<FieldType> types = new ArrayList<>();
    private final List<ObjectRule> rules;

    private SchemaFile(Map<String, @Nullable Object> data) {
        rules = Tree.maps(data, "rules").stream()
                .map(rule -> ObjectRule.of(Tree.text(rule, "rule"), Tree.text(rule, "message")))
                .toList();
        List<Map<String, @Nullable Object>> rows = Tree.maps(data, "types");
        rows.forEach(row -> types.add(new FieldType()));
        for (int i = 0; i < rows.size(); i++) {
            fill(types.get(i), rows.get(i));
        }
    }

    /** Kinds by {@code apiVersion} and name. */
    static Map<String, Map<String, KindSchema>> read(String name) {
        Map<String, @Nullable Object> data = parse(name);
        if (!SCHEMA.equals(data.get("schema"))) {
            throw new IllegalStateException(name + " is no " + SCHEMA);
        }
        SchemaFile file = new SchemaFile(data);
        Map<String, Map<String, KindSchema>> kinds = new LinkedHashMap<>();
        Tree.map(data, "kinds").forEach((version, ofVersion) -> {
            Map<String, KindSchema> named = new LinkedHashMap<>();
            Tree.map(ofVersion)
                    .forEach((kind, row) -> named.put(
                            kind,
                            new KindSchema(
                                    version,
                                    kind,
                                    Tree.text(row, "resource"),
                                    Boolean.TRUE.equals(Tree.at(row, "namespaced")),
                                    file.type(Tree.at(row, "type")))));
            kinds.put(version, named);
        });
        return kinds;
    }

    private static Map<String, @Nullable Object> parse(String name) {
        try (InputStream in = SchemaFile.class.getResourceAsStream(name)) {
            return Json.parseObject(Objects.requireNonNull(in, name).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JsonException e) {
            throw new IllegalStateException("the shipped file " + name + " is damaged", e);
        }
    }

    private FieldType type(@Nullable Object index) {
        if (index instanceof Long position) {
            return types.get(Math.toIntExact(position));
        }
        throw new IllegalStateException("a type without a number");
    }

    private void fill(FieldType type, Map<String, @Nullable Object> row) {
        String sort = Tree.text(row, "type");
        type.sort =
                sort.isEmpty() ? Sort.ANY : Sort.valueOf(sort.replace('-', '_').toUpperCase(Locale.ROOT));
        type.go = Boolean.TRUE.equals(row.get("go"));
        type.open = Boolean.TRUE.equals(row.get("open"));
        type.nullable = Boolean.TRUE.equals(row.get("nullable"));
        type.hasDefault = row.containsKey("default");
        type.defaultValue = row.get("default");
        Map<String, FieldType> fields = new LinkedHashMap<>();
        Tree.map(row, "fields").forEach((field, index) -> fields.put(field, type(index)));
        type.fields = fields;
        type.values = row.containsKey("values") ? type(row.get("values")) : null;
        type.items = row.containsKey("items") ? type(row.get("items")) : null;
        type.required = texts(row, "required");
        type.keys = texts(row, "keys");
        type.set = Boolean.TRUE.equals(row.get("set"));
        type.allowed = Tree.list(row, "enum");
        type.format = Tree.text(row, "format");
        String pattern = Tree.string(row, "pattern");
        type.pattern = pattern == null ? null : Pattern.compile(pattern);
        type.minimum = number(row.get("minimum"));
        type.maximum = number(row.get("maximum"));
        type.minLength = whole(row, "minLength", 0);
        type.maxLength = whole(row, "maxLength", Integer.MAX_VALUE);
        type.minItems = whole(row, "minItems", 0);
        type.maxItems = whole(row, "maxItems", Integer.MAX_VALUE);
        for (Object rule : Tree.list(row, "rules")) {
            type.rules.add(rules.get(Math.toIntExact((Long) Objects.requireNonNull(rule))));
        }
    }

    private static List<String> texts(Map<String, @Nullable Object> row, String key) {
        return Tree.list(row, key).stream().map(String::valueOf).toList();
    }

    private static @Nullable BigDecimal number(@Nullable Object value) {
        return value == null ? null : new BigDecimal(value.toString());
    }

    private static int whole(Map<String, @Nullable Object> row, String key, int otherwise) {
        return row.get(key) instanceof Long value ? Math.toIntExact(value) : otherwise;
    }
}
