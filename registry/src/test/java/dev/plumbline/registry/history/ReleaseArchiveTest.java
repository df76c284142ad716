package dev.plumbline.registry.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.manifest.Origin;
import dev.plumbline.registry.memory.MemoryStores;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.store.ObjectStore;
import dev.plumbline.registry.store.StoreException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReleaseArchiveTest {

    private static final Digest RELEASE = Digest.of("a release");

    private final Map<Digest, byte[]> everything = new HashMap<>();
    private final ObjectStore memory = MemoryStores.create().objects();

    /** Sees all that reaches the store. */
    private final ObjectStore objects = new ObjectStore() {
        @Override
        public Digest put(byte[] bytes) throws StoreException {
            Digest digest = memory.put(bytes);
            everything.put(digest, bytes);
            return digest;
        }

        @Override
        public Optional<byte[]> get(Digest digest) throws StoreException {
            return memory.get(digest);
        }
    };

    private final ReleaseArchive archive = new ReleaseArchive(objects);

    @Test
    void givesBackWhatWasSavedByteForByteInOrder() throws Exception {
        Manifest template = manifest(
                "{\"kind\":\"WorkflowTemplate\",\"apiVersion\":\"argoproj.io/v1alpha1\",\"metadata\":{\"name\":\"t-12345678\","
                        + "\"namespace\":\"ml\"},\"spec\":{\"z\":123456789012345678901234567890,\"a\":0.5,\"none\":null}}");
        List<Manifest> manifests = List.of(template, config("b", "1"), config("a", "2"));
        ReleaseRecord record = new ReleaseRecord(
                "overlays/local",
                RELEASE,
                manifests,
                List.of(),
                Map.of(template.key().withName("t"), Digest.of("t")),
                Set.of(config("b", "1").key()),
                Map.of(template.key().withName("t"), template.key()));
        ReleaseRecord loaded = archive.load(archive.save(record)).orElseThrow();

        assertEquals(record, loaded);
        for (int i = 0; i < manifests.size(); i++) {
            assertArrayEquals(
                    Json.bytes(manifests.get(i).content()),
                    Json.bytes(loaded.objects().get(i).content()));
        }
    }

    @Test
    void storesEachContentOnce() throws Exception {
        archive.save(record(config("a", "1"), config("b", "1")));
        archive.save(record(config("a", "1"), config("b", "2")));

        assertEquals(5, everything.size(), "two records, and three contents");
    }

    @Test
    void nothingOfASecretButItsKeyReachesTheStore() throws Exception {
        Manifest secret = manifest(
                "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"token\",\"namespace\":\"ml\"},"
                        + "\"stringData\":{\"token\":\"hunter2\"}}");
        ReleaseRecord loaded =
                archive.load(archive.save(record(config("a", "1"), secret))).orElseThrow();

        for (byte[] bytes : everything.values()) {
            assertFalse(new String(bytes, UTF_8).contains("hunter2"));
            assertFalse(
                    new String(bytes, UTF_8).contains(secret.digest().hex()),
                    "a digest of few possible values tells the value");
        }
        assertEquals(List.of(config("a", "1")), loaded.objects());
        assertEquals(List.of(secret.key()), loaded.secrets());
        assertFalse(loaded.plain().containsKey(secret.key()));
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        assertEquals(Optional.empty(), archive.load(RELEASE));
        Digest other = objects.put("{\"schema\":\"other\"}".getBytes(UTF_8));
        StoreException failed = assertThrows(StoreException.class, () -> archive.load(other));
        assertFalse(failed.retryable());
        assertTrue(failed.toString().contains("other"), failed.toString());
    }

    private static ReleaseRecord record(Manifest... manifests) {
        Map<ObjectKey, Digest> plain = new HashMap<>();
        for (Manifest manifest : manifests) {
            plain.put(manifest.key(), manifest.digest());
        }
        return new ReleaseRecord("p", RELEASE, List.of(manifests), List.of(), plain, Set.of(), Map.of());
    }

    private static Manifest config(String name, String value) throws JsonException {
        return manifest("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name
                + "\",\"namespace\":\"ml\"},\"data\":{\"value\":\"" + value + "\"}}");
    }

    private static Manifest manifest(String json) throws JsonException {
        return Manifest.of(Json.parseObject(json), Origin.of(Location.of("file.yaml")));
    }
}
