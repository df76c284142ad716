package dev.plumbline.controller.quarantine;

import dev.plumbline.registry.history.ReleaseArchive;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The (plain key, content digest) pairs in which the Release that was rolled back from differs from the one that was restored
 * (design section 7). An object that the bad Release did not hold counts as the digest {@link #ABSENT}: its absence is what was
 * bad. A candidate that contains any pair is held; other content of the same object passes.
 *
 * @param pairs plain key to the quarantined digest, or {@link #ABSENT}
 * @param reason why, in words; empty when nothing is quarantined
 */
public record Quarantine(SortedMap<ObjectKey, String> pairs, String reason) {

    /** Stands for the absence of an object. */
    public static final String ABSENT = "absent";

    /** Names the stored form. */
    public static final String SCHEMA = "plumbline.dev/quarantine/v1";

    /** Keeps its own copy. */
    public Quarantine {
        pairs = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(pairs));
    }

    /** Nothing is quarantined. */
    public static Quarantine none() {
        return new Quarantine(new TreeMap<>(), "");
    }

    /**
     * What a rollback quarantines. Secrets are left out: a rollback leaves them alone, and a stored digest would tell of their
     * content.
     *
     * @param bad plain keys and digests of the Release that was rolled back from
     * @param good those of the Release that is restored
     * @param contentNamed objects of the good one whose names hold a hash of their content: that they are absent says only that
     *     the content is another one, and any further content would be held with it
     */
    public static Quarantine between(
            Map<ObjectKey, Digest> bad, Map<ObjectKey, Digest> good, Set<ObjectKey> contentNamed, String reason) {
        TreeMap<ObjectKey, String> pairs = new TreeMap<>();
        bad.forEach((key, digest) -> {
            if (!digest.equals(good.get(key)) && !ReleaseArchive.isSecret(key)) {
                pairs.put(key, digest.value());
            }
        });
        good.keySet().forEach(key -> {
            if (!bad.containsKey(key) && !contentNamed.contains(key) && !ReleaseArchive.isSecret(key)) {
                pairs.put(key, ABSENT);
            }
        });
        return new Quarantine(pairs, reason);
    }

    /** The first object for which a candidate holds quarantined content; empty when it may go ahead. */
    public Optional<ObjectKey> hit(Map<ObjectKey, Digest> candidate) {
        return pairs.entrySet().stream()
                .filter(pair -> {
                    Digest digest = candidate.get(pair.getKey());
                    return Objects.equals(digest == null ? ABSENT : digest.value(), pair.getValue());
                })
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether nothing is quarantined. */
    public boolean isEmpty() {
        return pairs.isEmpty();
    }

    /** The stored form. */
    public byte[] encode() {
        List<Object> list = new ArrayList<>();
        pairs.forEach((key, digest) -> {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put("object", key.toString());
            map.put("content", digest);
            list.add(map);
        });
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put("schema", SCHEMA);
        root.put("reason", reason);
        root.put("pairs", list);
        return Json.bytes(root);
    }

    /**
     * Reads the stored form.
     *
     * @throws JsonException when it is not a quarantine of a known schema version
     */
    public static Quarantine decode(byte[] bytes) throws JsonException {
        Map<String, @Nullable Object> root = Json.parseObject(bytes);
        if (!SCHEMA.equals(root.get("schema"))) {
            throw new JsonException("expected schema " + SCHEMA + " but found " + root.get("schema"));
        }
        Map<ObjectKey, String> pairs = new HashMap<>();
        try {
            for (Map<String, @Nullable Object> map : Tree.maps(root, "pairs")) {
                String content = Tree.text(map, "content");
                pairs.put(
                        ObjectKey.parse(Tree.text(map, "object")),
                        content.equals(ABSENT) ? ABSENT : new Digest(content).value());
            }
        } catch (IllegalArgumentException e) {
            throw new JsonException("a quarantined object is not well-formed: " + e.getMessage());
        }
        return new Quarantine(new TreeMap<>(pairs), Tree.text(root, "reason"));
    }
}
