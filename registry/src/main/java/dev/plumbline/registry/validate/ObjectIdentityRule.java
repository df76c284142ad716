package dev.plumbline.registry.validate;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.List;

/** An object says what it is: {@code apiVersion}, {@code kind} and {@code metadata.name}. */
final class ObjectIdentityRule implements Rule {

    @Override
    public String id() {
        return "object-identity";
    }

    @Override
    public Group group() {
        return Group.SERVER;
    }

    @Override
    public String description() {
        return "An object says what it is: apiVersion, kind and metadata.name.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        for (String field : List.of("apiVersion", "kind")) {
            if (Tree.text(object.content(), field).isEmpty()) {
                report.add(
                        List.of(field), "the object has no " + field, "add it; both apiVersion and kind are required");
            }
        }
        Object name = Tree.at(object.content(), "metadata", "name");
        if (name != null && !(name instanceof String)) {
            report.add(
                    List.of("metadata", "name"),
                    "metadata.name is " + name + ", which is no text",
                    "quote it; where a prefix or suffix made a number of the name, take another");
        } else if (object.key().name().isEmpty() && Tree.at(object.content(), "metadata", "generateName") == null) {
            report.add(List.of("metadata", "name"), "the object has no metadata.name", "give it a name");
        }
    }
}
