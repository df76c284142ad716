package dev.plumbline.registry.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small and large, it is what it was made of, in the same order, and refuses changes. */
class FewEntriesTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, FewEntries.MOST, FewEntries.MOST + 1, 40})
    void isWhatItWasMadeOfInTheSameOrder(int size) {
        Map<String, @Nullable Object> written = written(size);

        Map<String, @Nullable Object> map = FewEntries.of(written(size));

        assertEquals(written, map);
        assertEquals(map, written);
        assertEquals(written.hashCode(), map.hashCode());
        assertEquals(List.copyOf(written.keySet()), List.copyOf(map.keySet()));
        assertEquals(new ArrayList<>(written.values()), new ArrayList<>(map.values()));
        assertEquals(written.toString(), map.toString());
        written.forEach((key, value) -> assertEquals(value, map.get(key)));
        List<String> visited = new ArrayList<>();
        map.forEach((key, value) -> visited.add(key + value));
        assertEquals(
                written.entrySet().stream()
                        .map(entry -> entry.getKey() + entry.getValue())
                        .toList(),
                visited);
    }

    @Test
    void tellsANullFromNothing() {
        Map<String, @Nullable Object> map = FewEntries.of(written(3));

        assertTrue(map.containsKey("k0"));
        assertNull(map.get("k0"));
        assertFalse(map.containsKey("other"));
        assertEquals("default", map.getOrDefault("other", "default"));
        assertNull(map.getOrDefault("k0", "default"));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 40})
    void refusesChanges(int size) {
        Map<String, @Nullable Object> map = FewEntries.of(written(size));

        assertThrows(UnsupportedOperationException.class, () -> map.put("k1", "other"));
        assertThrows(UnsupportedOperationException.class, () -> map.remove("k1"));
        assertThrows(UnsupportedOperationException.class, () -> map.remove("absent"));
        assertThrows(UnsupportedOperationException.class, map::clear);
        assertThrows(UnsupportedOperationException.class, () -> map.replaceAll((key, value) -> "other"));
        assertThrows(UnsupportedOperationException.class, () -> map.keySet().remove("k1"));
        assertThrows(
                UnsupportedOperationException.class,
                () -> map.entrySet().iterator().next().setValue("other"));
        assertEquals(written(size), map);
    }

    /** The first value is null; keys do not stand in alphabetical order. */
    private static Map<String, @Nullable Object> written(int size) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            map.put("k" + (i * 7 % Math.max(size, 1) == 0 && i > 0 ? "x" + i : i), i == 0 ? null : (Object) ("v" + i));
        }
        return map;
    }
}
