package dev.plumbline.registry.provenance;

import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What one commit, or one stored Release, asks the cluster to hold. Immutable. */
public final class RenderedContent {

    private final Digest digest;
    private final List<Manifest> rendered;
    private final List<Manifest> all;
    private final Map<ObjectKey, ObjectKey> plainKeys;
    private final Map<ObjectKey, Manifest> plain = new HashMap<>();

    /**
     * Contents with the names that they have in the cluster.
     *
     * @param digest what names all of it: the Release's digest
     * @param rendered the objects before side-by-side versions, by plain name; may be empty for a stored Release
     * @param released the objects as they are applied, versions and aliases
     * @param plainKeys for each versioned key its plain key; keys that are not in it are plain
     */
    public RenderedContent(
            Digest digest, List<Manifest> rendered, List<Manifest> released, Map<ObjectKey, ObjectKey> plainKeys) {
        this.digest = digest;
        this.rendered = List.copyOf(rendered);
        this.all = Stream.concat(released.stream(), rendered.stream()).toList();
        this.plainKeys = Map.copyOf(plainKeys);
        for (Manifest manifest : this.rendered) {
            plain.put(manifest.key(), manifest);
        }
    }

    /** What names all of it. */
    public Digest digest() {
        return digest;
    }

    /** The objects before versions. */
    List<Manifest> rendered() {
        return rendered;
    }

    /** The objects as they are applied, then as they are before versions: the forms in which content can be met. */
    List<Manifest> all() {
        return all;
    }

    /** The plain key of an object of this content. */
    ObjectKey plainKey(ObjectKey key) {
        return plainKeys.getOrDefault(key, key);
    }

    /** The object of a plain key before versions; empty when it is not part of this content. */
    Optional<Manifest> plain(ObjectKey key) {
        return Optional.ofNullable(plain.get(key));
    }

    @Override
    public String toString() {
        return digest + " (" + rendered.size() + " objects)";
    }
}
