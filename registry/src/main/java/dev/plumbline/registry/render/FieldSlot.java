package dev.plumbline.registry.render;

import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;

/** A place in an object that holds a value: a key of a map or a position of a list. */
sealed interface FieldSlot {

    YamlNode get();

    void set(YamlNode value);

    /** The value under a key that the map has. */
    record OfMap(YamlMap map, String key) implements FieldSlot {

        @Override
        public YamlNode get() {
            YamlNode value = map.child(key);
            if (value == null) {
                throw new IllegalStateException("the map has no " + key);
            }
            return value;
        }

        @Override
        public void set(YamlNode value) {
            map.entries().put(key, value);
        }
    }

    /** The element at a position that the list has. */
    record OfList(YamlList list, int index) implements FieldSlot {

        @Override
        public YamlNode get() {
            return list.items().get(index);
        }

        @Override
        public void set(YamlNode value) {
            list.items().set(index, value);
        }
    }
}
