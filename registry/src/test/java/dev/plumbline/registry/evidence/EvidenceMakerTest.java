package dev.plumbline.registry.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.CanonicalForm;
import dev.plumbline.registry.memory.MemoryStores;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.run.RunRecord;
import dev.plumbline.registry.run.SampleRecords;
import dev.plumbline.registry.store.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Statements equal their golden files, say one and the same thing, and are signed in the form that others read. */
class EvidenceMakerTest {

    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
    private static final List<ModelFile> FILES =
            List.of(new ModelFile("weights.bin", Digest.of("weights")), new ModelFile("MLmodel", Digest.of("about")));

    private final SampleKeys keys = new SampleKeys();
    private final Stores stores = MemoryStores.create();
    private final RunRecord record = SampleRecords.record("uid-1", "Succeeded");
    private final Digest stored = Digest.of("record");
    private final EvidenceArchive archive =
            new EvidenceArchive(stores, record.id().cluster(), record.sync());

    @Test
    void theStatementsOfARunAreTheGoldenOnes() throws Exception {
        ModelEvidence model = make(record).models().getFirst();
        Map<String, Digest> bundles = model.bundles();
        assertEquals(List.of("render", "run", "vsa", "model"), List.copyOf(bundles.keySet()));
        for (Map.Entry<String, Digest> each : bundles.entrySet()) {
            Bundle bundle = archive.bundle(each.getValue());
            String payload = new String(bundle.payload(), StandardCharsets.UTF_8);
            if (each.getKey().equals("vsa")) {
                payload = payload.replace(Tree.text(input(bundle, 1), "digest", "sha256"), "RUN")
                        .replace(Tree.text(input(bundle, 0), "digest", "sha256"), "RENDER");
            }
            Object tree = Json.parse(payload);
            assertEquals(golden(each.getKey() + "-v1.json"), Json.pretty(tree) + "\n", each.getKey());
            assertEquals(CanonicalForm.text(tree), payload, "one form of bytes");
            assertTrue(bundle.signedBy(keys.key()), each.getKey());
            assertFalse(bundle.signedBy(new SampleKeys().key()), each.getKey());
        }
    }

    @Test
    void everyStatementNamesTheSameModelAndTheSameCommit() throws Exception {
        ModelEvidence model = make(record).models().getFirst();
        Digest root = ModelFile.root(FILES);
        assertEquals(root, statement(model.run()).subjects().getFirst().digest());
        assertEquals(root, statement(model.summary()).subjects().getFirst().digest());
        assertNotNull(model.signature());
        assertEquals(root, statement(model.signature()).subjects().getFirst().digest());
        assertNotNull(model.render());
        for (Digest each : List.of(model.render(), model.run())) {
            Map<String, @Nullable Object> commit = Tree.maps(
                            statement(each).predicate(), "buildDefinition", "resolvedDependencies")
                    .getFirst();
            assertEquals(SampleRecords.COMMIT.hex(), Tree.text(commit, "digest", "gitCommit"));
            assertNull(commit.get("name"), "a named commit is read as a package");
        }
        assertEquals(model.run().hex(), Tree.text(input(archive.bundle(model.summary()), 1), "digest", "sha256"));
        assertEquals("PASSED", statement(model.summary()).predicate().get("verificationResult"));
    }

    @Test
    void evidenceIsMadeOnce() throws Exception {
        RunEvidence first = make(record);
        assertEquals(first, make(record));
        assertEquals(first, archive.find(record.id()).orElseThrow());
        EvidenceArchive other = new EvidenceArchive(stores, "other", record.sync());
        assertTrue(other.find(record.id()).isEmpty());
    }

    @Test
    void aFailedRunDoesNotPass() throws Exception {
        ModelEvidence model =
                make(SampleRecords.record("uid-2", "Failed")).models().getFirst();
        Map<String, @Nullable Object> summary = statement(model.summary()).predicate();
        assertEquals("FAILED", summary.get("verificationResult"));
        assertEquals(List.of(), summary.get("verifiedLevels"));
    }

    @Test
    void aModelWhoseFilesNobodyReadIsNamedByTheStoredObject() throws Exception {
        RunEvidence made = maker().make(record, stored, Map.of(), NOW, false);
        ModelEvidence model = made.models().getFirst();
        assertNull(model.signature());
        assertEquals(List.of(new Subject("churn:2", SampleRecords.model().digest(), Subject.STORED)), model.subjects());
    }

    @Test
    void theFormOfTheHintsIsWhatEachCheckerExpects() throws Exception {
        ModelEvidence model = make(record).models().getFirst();
        Bundle run = archive.bundle(model.run());
        assertEquals(keys.key().fingerprint(), run.hint());
        assertEquals(keys.key().fingerprint(), run.keyid());
        assertNotNull(model.signature());
        Bundle signature = archive.bundle(model.signature());
        assertEquals(keys.key().pemDigest(), signature.hint());
        assertEquals("", signature.keyid());
    }

    @Test
    void theEncodingThatIsSignedIsTheOneOfTheSpecification() {
        assertArrayEquals(
                "DSSEv1 28 application/vnd.in-toto+json 11 hello world".getBytes(StandardCharsets.UTF_8),
                Bundle.preAuthentication("hello world".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theRootDependsOnTheOrderOfNamesAlone() {
        assertEquals(ModelFile.root(FILES), ModelFile.root(FILES.reversed()));
        // By code points a character outside the basic plane comes after U+FFFD; by UTF-16 it would come before.
        List<ModelFile> odd = List.of(
                new ModelFile("\uFFFD", Digest.of("first")), new ModelFile("\uD83D\uDE00", Digest.of("second")));
        List<ModelFile> plain =
                List.of(new ModelFile("a", Digest.of("first")), new ModelFile("b", Digest.of("second")));
        assertEquals(ModelFile.root(plain), ModelFile.root(odd));
        assertNotEquals(ModelFile.root(plain), ModelFile.root(plain.subList(0, 1)));
    }

    @Test
    void addressesAreWrittenAsVerifiersKnowThem() {
        assertEquals("https://git.example.com/ml", source("https://git.example.com/ml.git"));
        assertEquals("https://git.example.com/ml", source("https://user@git.example.com/ml/"));
        assertEquals("ssh://git.example.com/ml/p", source("git@git.example.com:ml/p.git"));
        assertEquals("file:///srv/pipelines", source("/srv/pipelines"));
        assertEquals("", source(""));
    }

    private static String source(String address) {
        return new EvidenceSource(address, "", "").repository();
    }

    private RunEvidence make(RunRecord run) throws Exception {
        return maker().make(run, stored, Map.of(0, FILES), NOW, false);
    }

    private EvidenceMaker maker() {
        return new EvidenceMaker(
                archive,
                new EvidenceSource("https://git.example.com/ml/pipelines.git", "refs/heads/main", "overlays/prod"),
                new Builder(record.executor(), record.id().cluster(), "0.1.0"),
                keys);
    }

    private Statement statement(Digest bundle) throws Exception {
        return Statement.of(archive.bundle(bundle).payload());
    }

    private static Map<String, @Nullable Object> input(Bundle bundle, int index) {
        return Tree.maps(Statement.of(bundle.payload()).predicate(), "inputAttestations")
                .get(index);
    }

    private static String golden(String name) throws IOException, JsonException {
        try (InputStream in = EvidenceMakerTest.class.getResourceAsStream(name)) {
            assertNotNull(in, "the golden file " + name + " is missing");
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertNotNull(Json.parse(text));
            return text;
        }
    }
}
