package dev.plumbline.registry.render;

import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import dev.plumbline.registry.yaml.YamlScalar;
import org.jspecify.annotations.Nullable;

/** The id that an object's nodes say, kept until one of the nodes that say it is another one. */
@SuppressWarnings("ReferenceEquality") // scalars cannot be changed: the same node says the same
final class NodeId {

    private @Nullable YamlNode version;
    private @Nullable YamlNode kind;
    private @Nullable Gvk gvk;
    private @Nullable YamlNode name;
    private @Nullable YamlNode namespace;
    private @Nullable Id id;

    /** Whether the id was made with a schema of the repository, which says what has a namespace. */
    private boolean ownSchema;

    /** Whether the object cannot be changed, so that what is known needs no second look. */
    private boolean shared;

    NodeId() {}

    /** That of a copy of an object. */
    NodeId(NodeId other) {
        version = other.version;
        kind = other.kind;
        gvk = other.gvk;
        name = other.name;
        namespace = other.namespace;
        id = other.id;
        ownSchema = other.ownSchema;
    }

    /** From now on the object stays as it is. */
    void share(YamlMap object) {
        id(object);
        shared = true;
    }

    Gvk gvk(YamlMap object) {
        if (shared && gvk != null) {
            return gvk;
        }
        YamlNode versionNow = object.child("apiVersion");
        YamlNode kindNow = object.child("kind");
        Gvk known = gvk;
        if (known == null || versionNow != version || kindNow != kind) {
            known = Gvk.of(object);
            version = versionNow;
            kind = kindNow;
            id = null;
            gvk = known;
        }
        return known;
    }

    Id id(YamlMap object) {
        boolean own = OpenApi.current().isOwn();
        if (shared && id != null && own == ownSchema) {
            return id;
        }
        Gvk now = gvk(object);
        YamlNode metadata = object.child("metadata");
        YamlNode nameNow = metadata == null ? null : metadata.child("name");
        YamlNode namespaceNow = metadata == null ? null : metadata.child("namespace");
        Id known = id;
        if (known == null || nameNow != name || namespaceNow != namespace || own != ownSchema) {
            ownSchema = own;
            known = Id.of(now, isNull(namespaceNow) ? "" : text(namespaceNow), text(nameNow));
            name = nameNow;
            namespace = namespaceNow;
            id = known;
        }
        return known;
    }

    private static boolean isNull(@Nullable YamlNode node) {
        return node instanceof YamlScalar scalar && scalar.value() == null && scalar.form() != YamlScalar.Form.UNTYPED;
    }

    private static String text(@Nullable YamlNode node) {
        return node instanceof YamlScalar scalar ? scalar.text() : "";
    }
}
