package dev.plumbline.registry.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.memory.MemoryStores;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.Person;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Files of every stored form there ever was are read for ever; the newest ones are also what is written. */
class StoredFormsTest {

    private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

    private static final ObjectKey TRAIN = new ObjectKey("argoproj.io", "WorkflowTemplate", "ml", "train");
    private static final ObjectKey SECRET = new ObjectKey("", "Secret", "ml", "token");

    private static final HistoryEntry ENTRY = new HistoryEntry(
            7,
            4,
            Outcome.APPLIED,
            commit('1'),
            "Lower the threshold",
            digest('a'),
            "ROLLBACK",
            digest('b'),
            "accuracy fell",
            digest('c'),
            digest('d'),
            commit('2'),
            true,
            List.of(commit('3')),
            List.of(
                    new RecordedChange("CREATE", TRAIN.withName("train-12345678"), null, digest('e'), ""),
                    new RecordedChange("DELETE", TRAIN, digest('f'), null, "the server refused")),
            Map.of(TRAIN, commit('4')),
            List.of(
                    Finding.warning(
                                    "render-unknown-field",
                                    new Location("overlays/local/kustomization.yaml", 3, 1),
                                    "unknown field \"foo\"",
                                    "remove it")
                            .about(TRAIN),
                    new Finding("empty", Severity.ERROR, null, null, "nothing is rendered", "")),
            NEW_YEAR,
            NEW_YEAR.plusMillis(150));

    private final Stores stores = MemoryStores.create();

    @Test
    void historyVersion1() throws Exception {
        assertEquals(ENTRY, HistoryCodec.decode(golden("history-v1.json")));
        assertEquals(text("history-v1.json"), new String(HistoryCodec.encode(ENTRY), UTF_8));
    }

    @Test
    void releaseVersion1() throws Exception {
        Digest stored = stores.objects().put(golden("release-v1.json"));
        stores.objects()
                .put("{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"ml\"}}".getBytes(UTF_8));
        ReleaseRecord record = new ReleaseArchive(stores.objects()).load(stored).orElseThrow();
        ObjectKey namespace = new ObjectKey("", "Namespace", "", "ml");

        assertEquals("overlays/local", record.path());
        assertEquals(digest('c'), record.digest());
        assertEquals(namespace, record.objects().getFirst().key());
        assertEquals(List.of(SECRET), record.secrets());
        assertEquals(Map.of(namespace, digest('a'), TRAIN, digest('b')), record.plain());
        assertEquals(Map.of(TRAIN, TRAIN.withName("train-12345678")), record.versions());
    }

    @Test
    void personVersion1() throws Exception {
        Persons persons = new Persons(stores.refs(), "c1/persons", "salt");
        Person ada = new Person("Ada Lovelace", "ada@example.org");
        Digest digest = persons.digest(ada);

        assertEquals("sha256:cd2e2e4ea68a48e4a6ef66eefb198d5c932af47661707f4aab4f12d34120dbc5", digest.value());
        assertEquals(
                text("person-v1.json"),
                new String(stores.refs().read("c1/persons/" + digest.hex()).orElseThrow(), UTF_8));
        stores.refs().compareAndSet("c1/persons/" + digest('9').hex(), null, golden("person-v1.json"));
        assertEquals(Optional.of(ada), persons.find(digest('9')));
    }

    @Test
    void whatIsMalformedIsRefusedAsSuch() throws Exception {
        for (String wrong :
                List.of("history/v1", "\"APPLIED\"", "2026-01-01T00:00:00Z", "1111111111", "\"author\"", "\"seen\"")) {
            String changed = text("history-v1.json").replace(wrong, wrong.replaceAll("[A-Za-z0-9]", "z"));
            assertThrows(JsonException.class, () -> HistoryCodec.decode(changed.getBytes(UTF_8)), wrong);
        }
    }

    @Test
    void anEntryHoldsABoundedNumberOfFindings() throws Exception {
        List<Finding> many =
                Collections.nCopies(HistoryEntry.MAX_FINDINGS + 5, Finding.error("r", Location.of("f"), "m", "x"));
        HistoryEntry entry = with(many);

        assertEquals(HistoryEntry.MAX_FINDINGS, entry.findings().size());
        assertTrue(
                entry.findings().getLast().message().startsWith("6 more"),
                entry.findings().getLast().message());
        assertEquals(entry, HistoryCodec.decode(HistoryCodec.encode(entry)));
    }

    @Test
    void neitherContentNorDigestOfASecretIsStored() {
        assertEquals(
                new RecordedChange("UPDATE", SECRET, null, null, ""),
                new RecordedChange("UPDATE", SECRET, digest('a'), digest('b'), ""));
    }

    @Test
    void namesCanBeErasedAndDigestsStay() throws StoreException {
        Persons persons = new Persons(stores.refs(), "c1/persons", "salt");
        Person ada = new Person("Ada", "ada@example.org");
        Digest digest = persons.digest(ada);
        persons.erase(digest);

        assertEquals(Optional.empty(), persons.find(digest));
        assertEquals(digest, persons.digest(ada), "her later commits have the same digest");
        assertEquals(digest, new Persons(stores.refs(), "c1/persons", "salt").digest(ada));
        assertEquals(Optional.empty(), persons.find(digest), "and her name stays erased");
        assertFalse(
                new Persons(stores.refs(), "c1/persons", "other").digest(ada).equals(digest));
    }

    private static HistoryEntry with(List<Finding> findings) {
        return new HistoryEntry(
                1,
                0,
                Outcome.BROKEN,
                commit('1'),
                "s",
                digest('a'),
                "POLL",
                null,
                "",
                null,
                null,
                null,
                false,
                List.of(),
                List.of(),
                Map.of(),
                findings,
                NEW_YEAR,
                NEW_YEAR);
    }

    private static CommitId commit(char digit) {
        return new CommitId(String.valueOf(digit).repeat(40));
    }

    private static Digest digest(char digit) {
        return new Digest("sha256:" + String.valueOf(digit).repeat(64));
    }

    private static String text(String name) throws IOException {
        return new String(golden(name), UTF_8);
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = StoredFormsTest.class.getResourceAsStream("/stored/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
