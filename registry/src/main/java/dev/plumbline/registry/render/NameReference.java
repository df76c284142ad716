package dev.plumbline.registry.render;

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
}
