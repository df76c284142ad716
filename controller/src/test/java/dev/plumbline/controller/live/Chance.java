package dev.plumbline.controller.live;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Random parts of content. */
class Chance {

    private final Random random;

    Chance(Random random) {
        this.random = random;
    }

    /** Makes an item. */
    interface Item {
        Object at(int index);
    }

    List<@Nullable Object> some(int most, Item item) {
        List<@Nullable Object> items = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            if (chance(2)) {
                items.add(item.at(i));
            }
        }
        Collections.shuffle(items, random);
        return items;
    }

    Map<String, @Nullable Object> texts(String prefix, int most) {
        Map<String, @Nullable Object> texts = map();
        for (int i = 0; i < most; i++) {
            if (chance(2)) {
                texts.put(prefix + i, "v" + number(3));
            }
        }
        return texts;
    }

    /** One in so many, except that 1 means nearly always. */
    void maybe(Map<String, @Nullable Object> map, int in, String key, Supplier<Object> value) {
        if (in == 1 ? !chance(6) : chance(in)) {
            map.put(key, value.get());
        }
    }

    boolean chance(int in) {
        return random.nextInt(in) == 0;
    }

    int number(int bound) {
        return random.nextInt(bound);
    }

    static List<@Nullable Object> list(Object item) {
        List<@Nullable Object> list = new ArrayList<>();
        list.add(item);
        return list;
    }

    static Map<String, @Nullable Object> map(@Nullable Object... pairs) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return map;
    }

    void shuffle(List<@Nullable Object> items) {
        Collections.shuffle(items, random);
    }
}
