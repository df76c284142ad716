package dev.plumbline.registry.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** JSON text to plain trees and back. Whole numbers stay exact at any size; duplicate keys are refused. */
public final class Json {

    /** Deepest nesting that is read; deeper text is refused. */
    public static final int MAX_DEPTH = 500;

    /** Longest string that is read, in characters. */
    public static final int MAX_STRING = 64 * 1024 * 1024;

    /** Buffers are shared: thousands of threads that mostly rest would otherwise keep some each. */
    private static final int BUFFERS = 64;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.newBoundedPool(BUFFERS))
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING)
                    .build())
            .build();

    private Json() {}

    /**
     * Reads one JSON value.
     *
     * @throws JsonException when the text is not exactly one JSON value or passes a bound
     */
    public static @Nullable Object parse(String text) throws JsonException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            Object value = value(parser);
            if (parser.nextToken() != null) {
                throw new JsonException("more text after the JSON value");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new JsonException(e.getOriginalMessage()
                    + (e.getLocation() == null
                            ? ""
                            : " at line " + e.getLocation().getLineNr()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads one JSON object in UTF-8.
     *
     * @throws JsonException when the bytes are not exactly one JSON object
     */
    public static Map<String, @Nullable Object> parseObject(byte[] utf8) throws JsonException {
        return parseObject(new String(utf8, StandardCharsets.UTF_8));
    }

    /**
     * Reads one JSON object.
     *
     * @throws JsonException when the text is not exactly one JSON object
     */
    public static Map<String, @Nullable Object> parseObject(String text) throws JsonException {
        if (parse(text) instanceof Map<?, ?> map) {
            return Tree.cast(map);
        }
        throw new JsonException("expected a JSON object");
    }

    /** Compact text of a plain tree, keys in the tree's own order. */
    public static String write(@Nullable Object tree) {
        return write(tree, false);
    }

    /**
     * Compact text of a plain tree, keys in the order of their UTF-16 code units.
     *
     * @param scalars what is written instead of a scalar that is not null
     */
    public static String writeSorted(@Nullable Object tree, UnaryOperator<Object> scalars) {
        StringWriter out = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            writeSorted(generator, tree, scalars);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    /** Compact UTF-8 of a plain tree. */
    public static byte[] bytes(@Nullable Object tree) {
        return write(tree).getBytes(StandardCharsets.UTF_8);
    }

    /** Indented text of a plain tree, for people, without a final line break. */
    public static String pretty(@Nullable Object tree) {
        return write(tree, true);
    }

    private static String write(@Nullable Object tree, boolean indent) {
        StringWriter out = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            if (indent) {
                DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
                printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
                printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
                generator.setPrettyPrinter(printer);
            }
            write(generator, tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    private static @Nullable Object value(JsonParser parser) throws IOException, JsonException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new JsonException("the JSON text is empty");
        }
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? parser.getBigIntegerValue()
                        : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new JsonException("unexpected " + token);
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException, JsonException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            map.put(key, value(parser));
        }
        return map;
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException, JsonException {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser));
        }
        return list;
    }

    private static void writeSorted(JsonGenerator out, @Nullable Object value, UnaryOperator<Object> scalars)
            throws IOException {
        switch (value) {
            case null -> out.writeNull();
            case Map<?, ?> map -> {
                String[] keys = map.keySet().toArray(String[]::new);
                Arrays.sort(keys);
                out.writeStartObject();
                for (String key : keys) {
                    out.writeFieldName(key);
                    writeSorted(out, map.get(key), scalars);
                }
                out.writeEndObject();
            }
            case List<?> list -> {
                out.writeStartArray();
                for (Object element : list) {
                    writeSorted(out, element, scalars);
                }
                out.writeEndArray();
            }
            default -> write(out, scalars.apply(value));
        }
    }

    private static void write(JsonGenerator out, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> out.writeNull();
            case Map<?, ?> map -> {
                out.writeStartObject();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    out.writeFieldName((String) entry.getKey());
                    write(out, entry.getValue());
                }
                out.writeEndObject();
            }
            case Iterable<?> list -> {
                out.writeStartArray();
                for (Object element : list) {
                    write(out, element);
                }
                out.writeEndArray();
            }
            case String text -> out.writeString(text);
            case Boolean flag -> out.writeBoolean(flag);
            case Integer number -> out.writeNumber(number);
            case Long number -> out.writeNumber(number);
            case BigInteger number -> out.writeNumber(number);
            case Double number -> out.writeNumber(number);
            case BigDecimal number -> out.writeNumber(number);
            default -> throw new IllegalArgumentException("not a plain tree: " + value.getClass());
        }
    }
}
