package dev.plumbline.registry.render;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One value for each object of a list. The next build mostly has the same objects at the same positions, where finding the
 * value of an object is one comparison.
 */
final class Aligned<V> {

    private final List<Resource> objects;
    private final List<V> values;
    private @Nullable Map<Resource, V> byObject;

    Aligned(int size) {
        objects = new ArrayList<>(size);
        values = new ArrayList<>(size);
    }

    void add(Resource object, V value) {
        objects.add(object);
        values.add(value);
    }

    List<Resource> objects() {
        return objects;
    }

    List<V> values() {
        return values;
    }

    int size() {
        return values.size();
    }

    /**
     * The value of an object; null where it is none of these.
     *
     * @param position where it probably is
     */
    @SuppressWarnings("ReferenceEquality") // shared objects: the same one has the same value
    @Nullable
    V get(Resource object, int position) {
        if (position < objects.size() && objects.get(position) == object) {
            return values.get(position);
        }
        Map<Resource, V> known = byObject;
        if (known == null) {
            known = HashMap.newHashMap(objects.size());
            for (int i = 0; i < objects.size(); i++) {
                known.put(objects.get(i), values.get(i));
            }
            byObject = known;
        }
        return known.get(object);
    }
}
