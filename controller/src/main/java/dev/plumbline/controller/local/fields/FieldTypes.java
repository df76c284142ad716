package dev.plumbline.controller.local.fields;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The field types of the known kinds, read from {@code kinds.json}, which {@code tests/schema} makes from the OpenAPI
 * documents of Kubernetes 1.34 and Argo's full CRDs.
 */
public final class FieldTypes {

    private static final String SCHEMA = "plumbline.dev/cluster-kinds/v1";
    private static final FieldTypes SHIPPED = load();

    private final Map<String, FieldType> kinds = new HashMap<>();

    private FieldTypes(Map<String, @Nullable Object> stored) {
        List<Map<String, @Nullable Object>> types = Tree.maps(stored, "types");
        FieldType[] all = new FieldType[types.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = type(all, types.get(i));
        }
        Tree.map(stored, "kinds").forEach((kind, index) -> kinds.put(kind, all[number(index)]));
    }

    /**
     * The type of the objects of a kind.
     *
     * @param apiVersion such as {@code v1} or {@code apps/v1}
     * @return null when the kind is not known
     */
    public static @Nullable FieldType of(String apiVersion, String kind) {
        String groupVersion = apiVersion.indexOf('/') < 0 ? "/" + apiVersion : apiVersion;
        return SHIPPED.kinds.get(groupVersion + "/" + kind);
    }

    private static FieldType type(FieldType[] all, Map<String, @Nullable Object> stored) {
        String scalar = Tree.string(stored, "scalar");
        return new FieldType(
                scalar == null ? null : FieldType.Scalar.valueOf(scalar.toUpperCase(Locale.ROOT)),
                stored.containsKey("list") ? list(all, Tree.map(stored, "list")) : null,
                stored.containsKey("map") ? map(all, Tree.map(stored, "map")) : null);
    }

    private static FieldType.ListType list(FieldType[] all, Map<String, @Nullable Object> stored) {
        List<String> keys =
                Tree.list(stored, "keys").stream().map(String::valueOf).toList();
        return new FieldType.ListType(all, number(stored.get("of")), stored.containsKey("keys"), keys);
    }

    private static FieldType.MapType map(FieldType[] all, Map<String, @Nullable Object> stored) {
        Map<String, Integer> fields = new HashMap<>();
        Tree.map(stored, "fields").forEach((name, index) -> fields.put(name, number(index)));
        Map<String, Object> defaults = new HashMap<>();
        Tree.map(stored, "defaults").forEach((name, value) -> {
            if (value != null) {
                defaults.put(name, value);
            }
        });
        return new FieldType.MapType(
                all,
                Map.copyOf(fields),
                Map.copyOf(defaults),
                stored.containsKey("of") ? number(stored.get("of")) : -1,
                Boolean.TRUE.equals(stored.get("atomic")));
    }

    private static int number(@Nullable Object value) {
        if (value instanceof Number number) {
            return number.intValue();
        }
        throw new IllegalStateException("kinds.json is damaged: expected a number, got " + value);
    }

    private static FieldTypes load() {
        try (InputStream in = FieldTypes.class.getResourceAsStream("kinds.json")) {
            if (in == null) {
                throw new IllegalStateException("kinds.json is missing from the program");
            }
            Map<String, @Nullable Object> stored = Json.parseObject(in.readAllBytes());
            if (!SCHEMA.equals(stored.get("schema"))) {
                throw new IllegalStateException("kinds.json has the format " + stored.get("schema"));
            }
            return new FieldTypes(stored);
        } catch (IOException | JsonException e) {
            throw new IllegalStateException("kinds.json cannot be read", e);
        }
    }
}
