package dev.plumbline.registry.argo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types of Argo's objects: each field that its decoder knows, and what it takes for it. */
public final class ArgoTypes {

    /** The version of Argo Workflows that the table was made from, by {@code tests/parts/argo-validate}. */
    public static final String VERSION = "v4.1.4";

    private static final Map<String, ArgoType> ALL = read("types-" + VERSION + ".txt");

    private ArgoTypes() {}

    /** The type of an object of a kind such as {@code Workflow}, or of a struct such as {@code Template}; null if unknown. */
    public static @Nullable ArgoType of(String name) {
        return ALL.get(name);
    }

    private static Map<String, ArgoType> read(String resource) {
        Map<String, ArgoType> structs = new HashMap<>();
        Map<String, ArgoType> interned = new HashMap<>();
        for (String line : text(resource).split("\n", -1)) {
            String[] words = line.split(" ", -1);
            if (!line.isEmpty()) {
                Map<String, ArgoType> fields = new LinkedHashMap<>();
                for (int i = 1; i < words.length; i++) {
                    int colon = words[i].indexOf(':');
                    fields.put(words[i].substring(0, colon), type(words[i].substring(colon + 1), structs, interned));
                }
                struct(words[0], structs).fields(Map.copyOf(fields));
            }
        }
        return Map.copyOf(structs);
    }

    private static ArgoType struct(String name, Map<String, ArgoType> structs) {
        return structs.computeIfAbsent(name, key -> new ArgoType(ArgoType.Form.STRUCT, key, null));
    }

    private static ArgoType type(String text, Map<String, ArgoType> structs, Map<String, ArgoType> interned) {
        if (text.startsWith("@")) {
            return struct(text.substring(1), structs);
        }
        ArgoType known = interned.get(text);
        if (known == null) {
            known = text.startsWith("[]")
                    ? new ArgoType(ArgoType.Form.LIST, "", type(text.substring(2), structs, interned))
                    : text.startsWith("{}")
                            ? new ArgoType(ArgoType.Form.MAP, "", type(text.substring(2), structs, interned))
                            : new ArgoType(leaf(text), "", null);
            interned.put(text, known);
        }
        return known;
    }

    private static ArgoType.Form leaf(String word) {
        return word.equals("number")
                ? ArgoType.Form.ANY
                : ArgoType.Form.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static String text(String resource) {
        try (InputStream in = ArgoTypes.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("tried to read the program's own resource " + resource, e);
        }
    }
}
