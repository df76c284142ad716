package dev.plumbline.registry.provenance;

import dev.plumbline.registry.history.ReleaseRecord;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.release.Release;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What one commit, or one stored Release, asks the cluster to hold. Immutable. */
public final class RenderedContent {

    private final Digest digest;
    private final List<Manifest> all;
    private final Map<ObjectKey, ObjectKey> plainKeys = new HashMap<>();
    private final Map<ObjectKey, Digest> plain;

    private RenderedContent(
            Digest digest,
            List<Manifest> released,
            List<Manifest> rendered,
            Map<ObjectKey, ObjectKey> versions,
            Map<ObjectKey, Digest> plain) {
        this.digest = digest;
        this.all = Stream.concat(released.stream(), rendered.stream()).toList();
        versions.forEach((key, version) -> plainKeys.put(version, key));
        this.plain = Map.copyOf(plain);
    }

    /**
     * What a commit means.
     *
     * @param rendered the objects before versions, in which references still have plain names
     */
    public static RenderedContent of(Release release, List<Manifest> rendered) {
        return of(release, rendered, UnaryOperator.identity());
    }

    /**
     * The same for who keeps many contents.
     *
     * @param shared the one instance of equal objects
     */
    public static RenderedContent of(Release release, List<Manifest> rendered, UnaryOperator<Manifest> shared) {
        return new RenderedContent(
                release.digest(),
                release.objects().stream().map(shared).toList(),
                rendered.stream().map(shared).toList(),
                release.versions(),
                release.plain());
    }

    /** What was applied, as it was kept. */
    public static RenderedContent of(ReleaseRecord record) {
        return new RenderedContent(record.digest(), record.objects(), List.of(), record.versions(), record.plain());
    }

    /** The Release's digest. */
    public Digest digest() {
        return digest;
    }

    /** Whether it has a template object of this name in the cluster. */
    public boolean hasTemplate(String name) {
        return all.stream()
                .anyMatch(manifest -> manifest.key().name().equals(name)
                        && manifest.key().kind().endsWith("WorkflowTemplate"));
    }

    /** The objects as they are applied, then as they are before versions: the forms in which content can be met. */
    List<Manifest> all() {
        return all;
    }

    /** The plain key of an object of this content. */
    ObjectKey plainKey(ObjectKey key) {
        return plainKeys.getOrDefault(key, key);
    }

    /** The digest of the object of a plain key before versions; empty when it is not part of this content. */
    Optional<Digest> plain(ObjectKey key) {
        return Optional.ofNullable(plain.get(key));
    }

    @Override
    public String toString() {
        return digest + " (" + plain.size() + " objects)";
    }
}
