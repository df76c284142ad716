package dev.plumbline.registry.render;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.UnaryOperator;

/** Walks an object to the fields that a {@link FieldSpec} names and gives each to a setter, which returns its new value. */
final class FieldPath {

    /** What a missing field is made as. */
    enum Leaf {
        /** Missing fields are left alone whatever the spec says. */
        NONE,
        /** The same, and what the setter returns stands as it is, where else quotes stay from what stood there. */
        EXACT,
        /** An empty map. */
        MAP,
        /** An empty text. */
        SCALAR
    }

    private final FieldSpec spec;
    private final Leaf leaf;
    private final UnaryOperator<YamlNode> setter;
    private final Location by;

    private FieldPath(FieldSpec spec, Leaf leaf, UnaryOperator<YamlNode> setter, Location by) {
        this.spec = spec;
        this.leaf = leaf;
        this.setter = setter;
        this.by = by;
    }

    /**
     * Applies the setter where the object's kind is among the spec's.
     *
     * @param by place given to what is made on the way
     * @throws WrongShapeException when a scalar stands where the path goes on, or the setter refuses a value
     */
    static void apply(Resource resource, FieldSpec spec, Leaf leaf, UnaryOperator<YamlNode> setter, Location by) {
        if (spec.matches(resource.gvk())) {
            new FieldPath(spec, leaf, setter, by).walk(resource.node(), 0);
        }
    }

    private YamlNode walk(YamlNode node, int step) {
        if (step == spec.steps().size()) {
            return setter.apply(node);
        }
        switch (node) {
            case YamlMap map -> intoMap(map, step);
            case YamlList list -> {
                for (int i = 0; i < list.items().size(); i++) {
                    list.items().set(i, walk(list.items().get(i), step));
                }
            }
            case YamlScalar scalar -> {
                if (scalar.value() != null) {
                    throw new WrongShapeException(
                            scalar.location(),
                            "the field " + spec.path() + " goes through a map or list, but this is text");
                }
            }
        }
        return node;
    }

    private void intoMap(YamlMap map, int step) {
        String written = spec.steps().get(step);
        boolean list = written.endsWith("[]");
        String name = list ? written.substring(0, written.length() - 2) : written;
        if (name.isEmpty()) {
            throw new WrongShapeException(
                    map.location(), "the field path '" + spec.path() + "' has a step without a name");
        }
        boolean last = step == spec.steps().size() - 1;
        boolean create = spec.create() && leaf != Leaf.NONE && leaf != Leaf.EXACT && !list;
        YamlNode child = map.child(name);
        if (child == null) {
            if (!create) {
                return;
            }
            child = last && leaf == Leaf.SCALAR ? new YamlScalar("", by) : emptyMap();
        } else if (child instanceof YamlScalar scalar && scalar.value() == null) {
            if (list) {
                child = new YamlList(new ArrayList<>(), scalar.location());
            } else if (create) {
                child = last && leaf == Leaf.SCALAR ? new YamlScalar("", by) : emptyMap();
            }
        }
        YamlNode now = walk(child, step + 1);
        map.entries().put(name, leaf == Leaf.EXACT ? now : inPlaceOf(child, now));
    }

    @SuppressWarnings("ReferenceEquality") // The same node means that the setter left it alone.
    private static YamlNode inPlaceOf(YamlNode old, YamlNode now) {
        return now != old && now instanceof YamlScalar scalar && old instanceof YamlScalar before
                ? scalar.inPlaceOf(before)
                : now;
    }

    private YamlMap emptyMap() {
        return new YamlMap(new LinkedHashMap<>(), by);
    }

    /** A setter that puts an entry into a map. */
    static UnaryOperator<YamlNode> entry(String key, String value, Location by) {
        return new Entry(key, value, by);
    }

    /**
     * A setter that puts an entry into a map, as labels and annotations need; for one object. Where the entry is new in several
     * maps, they share it as {@link YamlScalar.Shared} says.
     */
    static final class Entry implements UnaryOperator<YamlNode> {

        private final String key;
        private final YamlScalar added;
        private boolean changedShared;

        Entry(String key, String value, Location by) {
            this.key = key;
            this.added =
                    new YamlScalar(value, value, by, YamlScalar.Form.PLAIN, new YamlScalar.Shared(by + " " + key, 0));
        }

        /** Whether it was put in place of one that several maps share. */
        boolean changedShared() {
            return changedShared;
        }

        @Override
        public YamlNode apply(YamlNode node) {
            if (node instanceof YamlScalar scalar && scalar.value() == null) {
                return node;
            }
            if (!(node instanceof YamlMap map)) {
                throw new WrongShapeException(
                        node.location(), "this must be a map, because " + key + " is added to it");
            }
            if (map.child(key) instanceof YamlScalar before) {
                map.entries().put(key, added.inPlaceOf(before));
                changedShared |= before.shared() != null;
            } else {
                map.entries().put(key, added);
            }
            return map;
        }
    }

    /** All specs in order, the first wrong shape reported. */
    static void applyAll(
            Resource resource,
            List<FieldSpec> specs,
            Leaf leaf,
            UnaryOperator<YamlNode> setter,
            Location by,
            Problems problems) {
        for (FieldSpec spec : specs) {
            try {
                apply(resource, spec, leaf, setter, by);
            } catch (WrongShapeException e) {
                problems.error(
                        "render-wrong-shape",
                        e.place(),
                        e.reason() + " (asked for at " + by + ", in " + resource.id() + ")",
                        "correct the field, or the field path that names it");
            }
        }
    }
}
