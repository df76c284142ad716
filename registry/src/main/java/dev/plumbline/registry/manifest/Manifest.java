package dev.plumbline.registry.manifest;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.yaml.YamlMap;
import dev.plumbline.registry.yaml.YamlNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One Kubernetes object as Git wants it. Immutable. Equality is by key and content; where it came from does not count.
 */
public final class Manifest {

    private final Map<String, @Nullable Object> content;
    private final ObjectKey key;
    private final Origin origin;
    private final @Nullable YamlMap source;

    /** Made when it is first asked for: many objects only pass through. Two threads would make the same value. */
    private @Nullable Digest digest;

    private Manifest(Map<String, @Nullable Object> content, Origin origin, @Nullable YamlMap source) {
        this.content = content;
        this.key = keyOf(content);
        this.origin = origin;
        this.source = source;
    }

    /** An object from a plain tree, which the caller gives up. */
    public static Manifest of(Map<String, @Nullable Object> content, Origin origin) {
        return new Manifest(Tree.freeze(content), origin, null);
    }

    /** A rendered object that still knows where each of its fields was written. */
    public static Manifest of(YamlMap source, Origin origin) {
        return new Manifest(Tree.freeze(Tree.cast((Map<?, ?>) source.value())), origin, source);
    }

    /** The key that a plain tree of an object says of itself. */
    public static ObjectKey keyOf(Map<String, @Nullable Object> content) {
        return new ObjectKey(
                ObjectKey.groupOf(Tree.text(content, "apiVersion")),
                Tree.text(content, "kind"),
                Tree.text(content, "metadata", "namespace"),
                Tree.text(content, "metadata", "name"));
    }

    /** Its identity. */
    public ObjectKey key() {
        return key;
    }

    /** Its content as a plain tree that cannot be changed; keys in rendered order. */
    public Map<String, @Nullable Object> content() {
        return content;
    }

    /** Where it comes from. */
    public Origin origin() {
        return origin;
    }

    /** The digest of its canonical form. */
    public Digest digest() {
        Digest known = digest;
        if (known == null) {
            known = CanonicalForm.digest(content);
            digest = known;
        }
        return known;
    }

    /** Another content at the same origin; places of fields that both have stay known. The caller gives up the tree. */
    public Manifest withContent(Map<String, @Nullable Object> other) {
        return new Manifest(Tree.freeze(other), origin, source);
    }

    /**
     * Where a field was written: the place of the deepest node on the path that is known, else of the object.
     *
     * @param path keys, and list positions as decimal text
     */
    @SuppressWarnings("ReferenceEquality") // Asks whether a step was taken.
    public Location locate(String... path) {
        if (source == null) {
            return origin.resource();
        }
        YamlNode node = source;
        for (String step : path) {
            YamlNode next = node.child(step);
            if (next == null) {
                break;
            }
            node = next;
        }
        return node == source ? origin.resource() : node.location();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Manifest that && key.equals(that.key) && digest().equals(that.digest()));
    }

    @Override
    public int hashCode() {
        return digest().hashCode();
    }

    @Override
    public String toString() {
        return key + "@" + digest();
    }
}
