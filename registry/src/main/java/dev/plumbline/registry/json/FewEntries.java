package dev.plumbline.registry.json;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An unmodifiable map with text keys in written order, for the many small maps that objects are made of: its entries stand in one
 * array, a quarter of what a hash table takes, and are searched one by one.
 *
 * @param <V> its values; null is one like another
 */
public final class FewEntries<V extends @Nullable Object> extends AbstractMap<String, V> {

    /** Most entries; more are better found by hash. */
    static final int MOST = 8;

    /** Keys and values in turn. */
    private final @Nullable Object[] entries;

    private FewEntries(Map<String, V> map) {
        this.entries = new Object[2 * map.size()];
        int at = 0;
        for (Map.Entry<String, V> entry : map.entrySet()) {
            entries[at++] = entry.getKey();
            entries[at++] = entry.getValue();
        }
    }

    /**
     * An unmodifiable map of the same entries in the same order.
     *
     * @param map given up by the caller, because a large one is kept
     */
    public static <V extends @Nullable Object> Map<String, V> of(Map<String, V> map) {
        return map.size() > MOST ? Collections.unmodifiableMap(map) : new FewEntries<>(map);
    }

    private int find(@Nullable Object key) {
        for (int i = 0; key != null && i < entries.length; i += 2) {
            if (key.equals(entries[i])) {
                return i;
            }
        }
        return -1;
    }

    private String key(int at) {
        return (String) Objects.requireNonNull(entries[at]);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // it came out of a map of these, null where they may be
    private V value(int at) {
        return (V) entries[at + 1];
    }

    @Override
    public int size() {
        return entries.length / 2;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return find(key) >= 0;
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
        int at = find(key);
        return at < 0 ? null : value(at);
    }

    /** Refuses, also where there is nothing to remove. */
    @Override
    public @Nullable V remove(@Nullable Object key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super V> action) {
        for (int i = 0; i < entries.length; i += 2) {
            action.accept(key(i), value(i));
        }
    }

    @Override
    public Set<Map.Entry<String, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return FewEntries.this.size();
            }

            @Override
            public Iterator<Map.Entry<String, V>> iterator() {
                return new InOrder();
            }
        };
    }

    private final class InOrder implements Iterator<Map.Entry<String, V>> {

        private int next;

        @Override
        public boolean hasNext() {
            return next < entries.length;
        }

        @Override
        public Map.Entry<String, V> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int at = next;
            next += 2;
            return new SimpleImmutableEntry<>(key(at), value(at));
        }
    }
}
