package dev.plumbline.registry.render;

import dev.plumbline.registry.yaml.YamlList;
import dev.plumbline.registry.yaml.YamlNode;
import java.util.List;

/**
 * Where the names of one kind's objects are mentioned.
 *
 * @param target the kind whose objects are referred to
 * @param fields the fields that hold such a name
 */
record NameReference(Gvk target, List<FieldSpec> fields) {

    NameReference {
        fields = List.copyOf(fields);
    }

    /**
     * An element of a list of references.
     *
     * @throws WrongShapeException when it cannot be one
     */
    static YamlNode element(YamlNode item) {
        if (item instanceof YamlList) {
            throw new WrongShapeException(
                    item.location(), "a reference is a name or a map with one, but here is a list");
        }
        return item;
    }
}
