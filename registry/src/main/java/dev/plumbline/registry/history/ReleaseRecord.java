package dev.plumbline.registry.history;

import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A Release as it is kept.
 *
 * @param path the overlay
 * @param digest the Release's digest
 * @param objects its objects, without stamps; when read back, without Secrets
 * @param secrets when read back, the Secrets that it held and whose data was not stored
 * @param plain plain key of each rendered object to its digest before versioning
 * @param contentNamed plain keys of objects whose names hold a hash of their content
 * @param versions plain key of a template to the key of its version
 */
public record ReleaseRecord(
        String path,
        Digest digest,
        List<Manifest> objects,
        List<ObjectKey> secrets,
        Map<ObjectKey, Digest> plain,
        Set<ObjectKey> contentNamed,
        Map<ObjectKey, ObjectKey> versions) {

    /** Keeps its own copies. */
    public ReleaseRecord {
        objects = List.copyOf(objects);
        secrets = List.copyOf(secrets);
        plain = Map.copyOf(plain);
        contentNamed = Set.copyOf(contentNamed);
        versions = Map.copyOf(versions);
    }
}
