package dev.plumbline.tests.cluster;

import static dev.plumbline.tests.cluster.Checkers.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.evidence.Builder;
import dev.plumbline.registry.evidence.Bundle;
import dev.plumbline.registry.evidence.EvidenceArchive;
import dev.plumbline.registry.evidence.EvidenceMaker;
import dev.plumbline.registry.evidence.EvidenceSource;
import dev.plumbline.registry.evidence.LineageEvents;
import dev.plumbline.registry.evidence.ModelEvidence;
import dev.plumbline.registry.evidence.ModelFile;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.keys.FolderSigner;
import dev.plumbline.registry.keys.KeyFolder;
import dev.plumbline.registry.memory.MemoryStores;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.run.Executor;
import dev.plumbline.registry.run.RunRecord;
import dev.plumbline.registry.run.SampleRecords;
import dev.plumbline.registry.store.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that others wrote take our evidence, and refuse a tampered copy of it. */
@Tag("cluster")
class OthersVerifyTest {

    private static final Path CHECKERS = Checkers.FOLDER;
    private static final String RESOURCE = "pkg:mlflow/churn@2";
    private static final List<String> STATEMENTS = List.of("render", "run", "vsa");

    private static Path python = Path.of("");
    private static Path node = Path.of("");
    private static Path slsaVerifier = Path.of("");

    @TempDir
    Path folder;

    private Path model = Path.of("");
    private Path key = Path.of("");

    @BeforeAll
    static void install(@TempDir Path place) throws Exception {
        python = Checkers.python();
        slsaVerifier = Checkers.part("slsa-verifier");
        node = Files.createDirectory(place.resolve("node"));
        for (String file : List.of("package.json", "package-lock.json", "verify.cjs")) {
            Files.copy(CHECKERS.resolve(file), node.resolve(file));
        }
        Checkers.Ended installed = run(node, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        assertEquals(0, installed.code(), installed.text());
    }

    @BeforeEach
    void make() throws Exception {
        model = Files.createDirectories(folder.resolve("churn"));
        Files.createDirectories(model.resolve("data"));
        Files.writeString(model.resolve("weights.bin"), "weights");
        Files.writeString(model.resolve("data/ü.json"), "{}");
        Files.writeString(model.resolve("data/z 1.txt"), "");
        KeyFolder keys = new KeyFolder(folder.resolve("keys"));
        key = folder.resolve("key.pem");
        Files.writeString(key, keys.create(Instant.now()).key().pem());
        Stores stores = MemoryStores.create();
        RunRecord record = SampleRecords.record("uid-1", "Succeeded");
        EvidenceArchive archive = new EvidenceArchive(stores, record.id().cluster(), record.sync());
        ModelEvidence made = new EvidenceMaker(
                        archive,
                        new EvidenceSource(
                                "https://git.example.com/ml/pipelines.git", "refs/heads/main", "overlays/prod"),
                        new Builder(record.executor(), record.id().cluster(), "0.1.0"),
                        new FolderSigner(keys))
                .make(record, Digest.of("record"), Map.of(0, files()), Instant.now(), false)
                .models()
                .getFirst();
        for (Map.Entry<String, Digest> each : made.bundles().entrySet()) {
            Bundle bundle = archive.bundle(each.getValue());
            Files.write(bundle(each.getKey()), bundle.bytes());
        }
    }

    @Test
    void sigstoresOwnVerifierTakesEachBundle() throws Exception {
        for (String kind : List.of("render", "run", "vsa", "model")) {
            Checkers.Ended taken = run(node, "node", "verify.cjs", bundle(kind).toString(), key.toString());
            assertEquals(0, taken.code(), kind + ": " + taken.text());
            Checkers.Ended refused =
                    run(node, "node", "verify.cjs", tampered(kind).toString(), key.toString());
            assertNotEquals(0, refused.code(), kind + ": " + refused.text());
        }
    }

    @Test
    void modelSigningTakesTheModelAndNoOther() throws Exception {
        assertEquals(0, modelSigning().code(), modelSigning().text());
        Path file = model.resolve("weights.bin");
        Files.writeString(file, "heavier");
        assertNotEquals(0, modelSigning().code(), "a changed file");
        Files.writeString(file, "weights");
        Files.writeString(model.resolve("more.bin"), "");
        assertNotEquals(0, modelSigning().code(), "a file more");
        Files.delete(model.resolve("more.bin"));
        Files.move(file, model.resolve("other.bin"));
        assertNotEquals(0, modelSigning().code(), "another name");
        Files.move(model.resolve("other.bin"), file);
        assertEquals(0, modelSigning().code(), "all is as it was");
        Files.copy(tampered("model"), bundle("model"), StandardCopyOption.REPLACE_EXISTING);
        assertNotEquals(0, modelSigning().code(), "a tampered signature");
    }

    @Test
    void slsasOwnVerifierTakesTheSummaryForWhatItIsAboutAlone() throws Exception {
        Path envelope = Files.write(
                folder.resolve("vsa.intoto.jsonl"),
                Bundle.of(Files.readAllBytes(bundle("vsa"))).envelopeBytes());
        String root = ModelFile.root(files()).value();
        assertEquals(
                0,
                slsa(envelope, root, RESOURCE).code(),
                slsa(envelope, root, RESOURCE).text());
        assertNotEquals(0, slsa(envelope, Digest.of("other").value(), RESOURCE).code(), "another model's bytes");
        assertNotEquals(0, slsa(envelope, root, "pkg:mlflow/fraud@2").code(), "another model's name");
        Path tampered = Files.write(
                folder.resolve("tampered.intoto.jsonl"),
                Bundle.of(Files.readAllBytes(tampered("vsa"))).envelopeBytes());
        assertNotEquals(0, slsa(tampered, root, RESOURCE).code(), "a tampered summary");
    }

    @Test
    void openlineagesOwnClassesTakeEachEvent() throws Exception {
        StringBuilder lines = new StringBuilder();
        EvidenceSource source = new EvidenceSource("https://git.example.com/ml/pipelines.git", "main", "overlays/prod");
        for (String phase : List.of("Succeeded", "Failed", RunRecord.VANISHED)) {
            LineageEvents.of(SampleRecords.record(UUID.randomUUID().toString(), phase), source)
                    .forEach(event -> lines.append(Json.write(event)).append('\n'));
        }
        Path events = Files.writeString(folder.resolve("events.jsonl"), lines);
        String[] line = {python.toString(), CHECKERS.resolve("lineage.py").toString(), events.toString()};
        Checkers.Ended taken = run(folder, line);
        assertEquals(0, taken.code(), taken.text());
        for (String without : List.of("\"url\":", "\"integration\":", "\"datasetVersion\":", "\"runId\":")) {
            Files.writeString(events, lines.toString().replace(without, "\"other\":"));
            assertNotEquals(0, run(folder, line).code(), without);
        }
    }

    private Checkers.Ended slsa(Path envelope, String digest, String resource) throws Exception {
        return run(
                folder,
                slsaVerifier.toString(),
                "verify-vsa",
                "--attestation-path",
                envelope.toString(),
                "--public-key-path",
                key.toString(),
                "--verifier-id",
                new Builder(Executor.LOCAL, "cluster-1", "0.1.0").verifier(),
                "--resource-uri",
                resource,
                "--subject-digest",
                digest,
                "--verified-level",
                "LOCAL_CONTENT_MATCH");
    }

    @Test
    void intotosOwnMessagesTakeEachStatementStrictly() throws Exception {
        List<String> line = new ArrayList<>(
                List.of(python.toString(), CHECKERS.resolve("statement.py").toString()));
        STATEMENTS.forEach(kind -> line.add(bundle(kind).toString()));
        Checkers.Ended taken = run(folder, line.toArray(String[]::new));
        assertEquals(0, taken.code(), taken.text());
        Path other = folder.resolve("other.json");
        String text = Files.readString(bundle("run"));
        String payload =
                new String(Bundle.of(text.getBytes(StandardCharsets.UTF_8)).payload(), StandardCharsets.UTF_8);
        for (String wrong : List.of(
                payload.replace("\"byproducts\"", "\"byProduct\""), payload.replace("\"subject\"", "\"subjects\""))) {
            Files.writeString(other, text.replace(base64(payload), base64(wrong)));
            Checkers.Ended refused = run(
                    folder, python.toString(), CHECKERS.resolve("statement.py").toString(), other.toString());
            assertNotEquals(0, refused.code(), refused.text());
        }
    }

    @Test
    void opensslTakesTheSignatureOverTheEncodedPayload() throws Exception {
        Bundle bundle = Bundle.of(Files.readAllBytes(bundle("run")));
        Path signature = Files.write(folder.resolve("signature"), bundle.signature());
        String head = "DSSEv1 28 application/vnd.in-toto+json " + bundle.payload().length + " ";
        Path signed = Files.write(folder.resolve("signed"), head.getBytes(StandardCharsets.US_ASCII));
        Files.write(signed, bundle.payload(), java.nio.file.StandardOpenOption.APPEND);
        String[] line = {
            "openssl",
            "dgst",
            "-sha256",
            "-verify",
            key.toString(),
            "-signature",
            signature.toString(),
            signed.toString()
        };
        Checkers.Ended taken = run(folder, line);
        assertEquals(0, taken.code(), taken.text());
        Files.writeString(signed, " ", java.nio.file.StandardOpenOption.APPEND);
        assertNotEquals(0, run(folder, line).code());
    }

    private Checkers.Ended modelSigning() throws Exception {
        return run(
                folder,
                python.toString(),
                "-m",
                "model_signing",
                "verify",
                "key",
                model.toString(),
                "--public_key",
                key.toString(),
                "--signature",
                bundle("model").toString());
    }

    private List<ModelFile> files() throws IOException {
        List<ModelFile> files = new ArrayList<>();
        for (String name : List.of("weights.bin", "data/ü.json", "data/z 1.txt")) {
            files.add(new ModelFile(name, Digest.of(Files.readAllBytes(model.resolve(name)))));
        }
        return files;
    }

    private Path bundle(String kind) {
        return folder.resolve(kind + ".sigstore.json");
    }

    /** The same bundle over a payload in which one digit of a digest is another. */
    private Path tampered(String kind) throws IOException {
        String text = Files.readString(bundle(kind));
        String payload =
                new String(Bundle.of(text.getBytes(StandardCharsets.UTF_8)).payload(), StandardCharsets.UTF_8);
        int digit = payload.indexOf("\"sha256\":\"") + "\"sha256\":\"".length();
        String other = payload.charAt(digit) == '0' ? "1" : "0";
        String changed = payload.substring(0, digit) + other + payload.substring(digit + 1);
        String edited = text.replace(base64(payload), base64(changed));
        assertTrue(!edited.equals(text), "something was changed");
        return Files.writeString(folder.resolve(kind + ".tampered.json"), edited);
    }

    private static String base64(String text) {
        return java.util.Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
