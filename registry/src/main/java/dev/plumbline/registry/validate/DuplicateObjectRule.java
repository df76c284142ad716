package dev.plumbline.registry.validate;

import dev.plumbline.registry.manifest.Manifest;
import java.util.List;

/** Each object is rendered once. */
final class DuplicateObjectRule implements Rule {

    @Override
    public String id() {
        return "duplicate-object";
    }

    @Override
    public Group group() {
        return Group.PLUMBLINE;
    }

    @Override
    public String description() {
        return "Each object is rendered once.";
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // An object is no duplicate of itself.
    public void check(Manifest object, RenderedSet set, Report report) {
        Manifest first = set.find(object.key());
        if (first != object && first != null && !object.key().name().isEmpty()) {
            report.add(
                    List.of(),
                    object.key().display() + " is rendered twice; the other one is at "
                            + first.origin().resource(),
                    "rename or remove one of them");
        }
    }
}
