package dev.plumbline.registry.history;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.manifest.Origin;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.Recent;
import dev.plumbline.registry.store.ObjectStore;
import dev.plumbline.registry.store.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Releases in the object store: a record that names each object and the digest of its content, and each content once, however
 * many Releases hold it. The data of Secrets is not stored (there is no key to seal it with yet): a rollback leaves Secrets
 * alone, and says so.
 */
public final class ReleaseArchive {

    /** Most contents of which it is remembered that they are stored. */
    public static final int MAX_REMEMBERED = 50_000;

    /** Names the stored form. */
    public static final String SCHEMA = "plumbline.dev/release/v1";

    private final ObjectStore objects;
    /** Where contents are stored, by the digest of the manifest: what was stored once is neither written out nor stored again. */
    private final Recent<Digest, Digest> stored = new Recent<>(MAX_REMEMBERED);

    /** An archive in a store. */
    public ReleaseArchive(ObjectStore objects) {
        this.objects = objects;
    }

    /**
     * Keeps a Release.
     *
     * @return the digest under which it is found again
     * @throws StoreException when it could not be kept
     */
    public synchronized Digest save(ReleaseRecord release) throws StoreException {
        List<Object> list = new ArrayList<>();
        for (Manifest manifest : release.objects()) {
            Map<String, @Nullable Object> item = new LinkedHashMap<>();
            item.put("object", manifest.key().toString());
            if (isSecret(manifest.key())) {
                item.put("secret", true);
            } else {
                item.put("content", content(manifest).value());
            }
            list.add(item);
        }
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put("schema", SCHEMA);
        root.put("path", release.path());
        root.put("digest", release.digest().value());
        root.put("objects", list);
        root.put("plain", digests(release.plain()));
        root.put(
                "contentNamed",
                release.contentNamed().stream()
                        .sorted()
                        .map(ObjectKey::toString)
                        .toList());
        Map<String, @Nullable Object> versions = new LinkedHashMap<>();
        release.versions().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry ->
                        versions.put(entry.getKey().toString(), entry.getValue().toString()));
        root.put("versions", versions);
        return objects.put(Json.bytes(root));
    }

    /**
     * The Release that was kept under a digest; empty when none was.
     *
     * @throws StoreException when the store cannot be read or is damaged
     */
    public Optional<ReleaseRecord> load(Digest digest) throws StoreException {
        Optional<byte[]> bytes = objects.get(digest);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            Map<String, @Nullable Object> root = Json.parseObject(bytes.get());
            if (!SCHEMA.equals(root.get("schema"))) {
                throw new JsonException("expected schema " + SCHEMA + " but found " + root.get("schema"));
            }
            List<Manifest> manifests = new ArrayList<>();
            List<ObjectKey> secrets = new ArrayList<>();
            for (Map<String, @Nullable Object> item : Tree.maps(root, "objects")) {
                if (Boolean.TRUE.equals(item.get("secret"))) {
                    secrets.add(ObjectKey.parse(Tree.text(item, "object")));
                } else {
                    manifests.add(manifest(digest, new Digest(Tree.text(item, "content"))));
                }
            }
            Map<ObjectKey, ObjectKey> versions = new LinkedHashMap<>();
            Tree.map(root, "versions")
                    .forEach(
                            (key, value) -> versions.put(ObjectKey.parse(key), ObjectKey.parse(String.valueOf(value))));
            return Optional.of(new ReleaseRecord(
                    Tree.text(root, "path"),
                    new Digest(Tree.text(root, "digest")),
                    manifests,
                    secrets,
                    keyed(Tree.map(root, "plain")),
                    contentNamed(root),
                    versions));
        } catch (JsonException | IllegalArgumentException e) {
            throw new StoreException("the stored release " + digest + " cannot be read: " + e.getMessage(), false, e);
        }
    }

    private static Set<ObjectKey> contentNamed(Map<String, @Nullable Object> root) {
        Set<ObjectKey> keys = new HashSet<>();
        Tree.list(root, "contentNamed").forEach(key -> keys.add(ObjectKey.parse(String.valueOf(key))));
        return keys;
    }

    private Digest content(Manifest manifest) throws StoreException {
        Digest known = stored.get(manifest.digest());
        if (known == null) {
            known = objects.put(Json.bytes(manifest.content()));
            stored.put(manifest.digest(), known);
        }
        return known;
    }

    private Manifest manifest(Digest release, Digest content) throws StoreException, JsonException {
        byte[] bytes = objects.get(content)
                .orElseThrow(() -> new StoreException(
                        "the stored release " + release + " names the content " + content + ", which is missing",
                        false));
        return Manifest.of(Json.parseObject(bytes), Origin.of(Location.of("release " + release)));
    }

    /** Whether neither the content of an object nor a digest of it may be stored. */
    public static boolean isSecret(ObjectKey key) {
        return key.group().isEmpty() && key.kind().equals("Secret");
    }

    private static Map<String, @Nullable Object> digests(Map<ObjectKey, Digest> map) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        map.entrySet().stream()
                .filter(entry -> !isSecret(entry.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry ->
                        tree.put(entry.getKey().toString(), entry.getValue().value()));
        return tree;
    }

    private static Map<ObjectKey, Digest> keyed(Map<String, @Nullable Object> tree) {
        Map<ObjectKey, Digest> map = new LinkedHashMap<>();
        tree.forEach((key, value) -> map.put(ObjectKey.parse(key), new Digest(String.valueOf(value))));
        return map;
    }
}
