package dev.plumbline.controller.app.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.record.ArtifactDigests;
import dev.plumbline.registry.artifacts.ArtifactBucket;
import dev.plumbline.registry.artifacts.BucketAddress;
import dev.plumbline.registry.artifacts.Buckets;
import dev.plumbline.registry.evidence.ModelFile;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.provenance.SampleRepository;
import dev.plumbline.registry.run.ArtifactRecord;
import dev.plumbline.registry.run.InputArtifact;
import dev.plumbline.registry.run.RunObserver;
import dev.plumbline.registry.s3.S3Buckets;
import dev.plumbline.registry.s3.S3Settings;
import dev.plumbline.registry.s3.Versitygw;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Artifacts of a run of a cluster in a real S3 server: each has the digest of its bytes, or why not. */
class BucketDigestsTest {

    private static final String PREFIX = "runs/";

    @TempDir
    Path folder;

    private Versitygw server;
    private ArtifactBucket bucket;

    @BeforeEach
    void start() throws Exception {
        server = Versitygw.start(folder);
        bucket = keys(Versitygw.SECRET_KEY)
                .open(new BucketAddress(at(server.port()), true, Versitygw.BUCKET, null, "path", null));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void aFileHasTheDigestOfItsBytesAndIsTheOneFileOfAModel() throws Exception {
        put("runs/train-1/model.tgz", "weights");
        BucketDigests digests = digests(Versitygw.SECRET_KEY);
        ArtifactRecord read = read(digests, at(server.port()), Versitygw.BUCKET, "runs/train-1/model.tgz");
        assertEquals(Digest.of("weights"), read.sha256());
        assertEquals("", read.unread());
        assertEquals(List.of(new ModelFile("model.tgz", Digest.of("weights"))), digests.files(read));
    }

    @Test
    void aFolderHasTheDigestOfItsListingAndItsFiles() throws Exception {
        put("runs/train-1/model/b.bin", "weights");
        put("runs/train-1/model/a/MLmodel", "flavor");
        put("runs/train-1/model-of-another", "x");
        BucketDigests digests = digests(Versitygw.SECRET_KEY);
        ArtifactRecord read = read(digests, at(server.port()), Versitygw.BUCKET, "runs/train-1/model");
        String listing = Digest.of("flavor").hex() + "  a/MLmodel\n"
                + Digest.of("weights").hex() + "  b.bin\n";
        assertEquals(Digest.of(listing), read.sha256(), "as sha256sum lists it, and as the embedded runner says it");
        assertEquals(
                List.of("a/MLmodel", "b.bin"),
                digests.files(read).stream().map(ModelFile::name).toList());
    }

    @Test
    void aLargeFileIsReadPieceByPiece() throws Exception {
        byte[] large = new byte[9 * 1024 * 1024];
        java.util.Arrays.fill(large, (byte) 7);
        Files.write(folder.resolve("large"), large);
        bucket.put("runs/large", folder.resolve("large"));
        assertEquals(
                Digest.of(large),
                read(digests(Versitygw.SECRET_KEY), at(server.port()), Versitygw.BUCKET, "runs/large")
                        .sha256());
    }

    @Test
    void whatIsNotReadSaysWhy() throws Exception {
        put("other/model.tgz", "weights");
        BucketDigests digests = digests(Versitygw.SECRET_KEY);
        String here = at(server.port());
        assertUnread("nothing stands at its key", read(digests, here, Versitygw.BUCKET, "runs/gone"));
        assertUnread("name it with --artifacts", read(digests, here, Versitygw.BUCKET, "other/model.tgz"));
        assertUnread("bucket secrets at " + here, read(digests, here, "secrets", "runs/model.tgz"));
        assertUnread("name it with --artifacts", read(digests, "169.254.169.254", Versitygw.BUCKET, "runs/model.tgz"));
        assertUnread("name it with --artifacts", read(digests, "s3.amazonaws.com", Versitygw.BUCKET, "runs/x"));
    }

    /** What it made itself is no input, and what comes by Git has no digest here. */
    @Test
    void whatARunWasGivenHasTheDigestOfItsBytesOrSaysWhyNot() throws Exception {
        put("runs/raw/data.csv", "1,2");
        List<InputArtifact> given = RunObserver.observe(
                        SampleRepository.tree("""
                {"metadata": {"name": "train-1", "namespace": "ml"}, "spec": {},
                 "status": {"phase": "Succeeded",
                   "artifactRepositoryRef": {"artifactRepository": {"s3": {"endpoint": "%s", "bucket": "%s"}}},
                   "nodes": {
                     "a": {"name": "train-1.a", "type": "Pod", "templateName": "fit", "phase": "Succeeded",
                       "inputs": {"artifacts": [{"name": "data", "s3": {"key": "runs/raw/data.csv"}},
                         {"name": "code", "git": {"repo": "https://user:canary@git.example.com/x"}},
                         {"name": "note", "raw": {"data": "x"}}]},
                       "outputs": {"artifacts": [{"name": "model", "s3": {"key": "runs/train-1/model"}}]}},
                     "b": {"name": "train-1.b", "type": "Pod", "templateName": "fit", "phase": "Succeeded",
                       "inputs": {"artifacts": [{"name": "again", "s3": {"key": "runs/raw/data.csv"}},
                         {"name": "whole", "s3": {"key": "runs/train-1/model"}},
                         {"name": "part", "s3": {"key": "runs/train-1/model/weights.bin"}},
                         {"name": "other", "s3": {"key": "secret/x"}}]}}}}}""".formatted(at(server.port()), Versitygw.BUCKET)))
                .inputs();
        assertEquals(
                List.of("runs/raw/data.csv", "secret/x", "code"),
                given.stream()
                        .map(input -> input.key().isEmpty() ? input.name() : input.key())
                        .toList());
        List<InputArtifact> read = digests(Versitygw.SECRET_KEY).inputs(given);
        assertEquals(Digest.of("1,2"), read.getFirst().sha256());
        assertTrue(
                read.get(1).unread().contains("name it with --artifacts"),
                read.get(1).unread());
        assertEquals("it comes by git, of which no digest is taken", read.get(2).unread());
        assertFalse(read.toString().contains("canary"), read.toString());
        bucket.remove(List.of("runs/raw/data.csv"));
        assertEquals(
                ArtifactDigests.GONE,
                digests(Versitygw.SECRET_KEY).inputs(read).getFirst().unread());
    }

    @Test
    void aServerThatRefusesOrIsSilentHoldsNoRecordUpAndNoSecretIsSaid() throws Exception {
        put("runs/model.tgz", "weights");
        ArtifactRecord refused = read(digests("canary-wrong"), at(server.port()), Versitygw.BUCKET, "runs/model.tgz");
        assertUnread("403", refused);
        assertFalse(refused.unread().contains("canary"), refused.unread());
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            BucketDigests patient = new BucketDigests(
                    keys(Versitygw.SECRET_KEY), List.of(settings(silent.getLocalPort())), Duration.ofSeconds(1));
            long begin = System.nanoTime();
            assertUnread(
                    "not read within the time",
                    read(patient, at(silent.getLocalPort()), Versitygw.BUCKET, "runs/model.tgz"));
            long took = System.nanoTime() - begin;
            assertTrue(took < Duration.ofSeconds(5).toNanos(), took + " ns");
        }
    }

    private static void assertUnread(String why, ArtifactRecord artifact) {
        assertNull(artifact.sha256());
        assertTrue(artifact.unread().contains(why), artifact.unread());
    }

    /** The artifact of a run whose repository is there. */
    private static ArtifactRecord read(BucketDigests digests, String endpoint, String bucket, String key) {
        List<ArtifactRecord> read =
                digests.read(RunObserver.observe(SampleRepository.tree("""
                {"metadata": {"name": "train-1", "namespace": "ml"}, "spec": {},
                 "status": {"phase": "Succeeded",
                   "artifactRepositoryRef": {"artifactRepository": {"s3": {"endpoint": "%s", "bucket": "%s"}}},
                   "nodes": {"train-1": {"name": "train-1", "type": "Pod", "templateName": "fit", "phase": "Succeeded",
                     "outputs": {"artifacts": [{"name": "model", "s3": {"key": "%s"}}]}}}}}""".formatted(endpoint, bucket, key))));
        assertEquals(1, read.size());
        return read.getFirst();
    }

    private BucketDigests digests(String secret) {
        return new BucketDigests(keys(secret), List.of(settings(server.port())), Duration.ofSeconds(30));
    }

    private static S3Settings settings(int port) {
        return S3Settings.parse("s3://" + Versitygw.BUCKET + "/" + PREFIX + "?endpoint=http://" + at(port)
                + "&region=us-east-1&pathStyle=true");
    }

    private static String at(int port) {
        return "127.0.0.1:" + port;
    }

    /** Credentials of an environment that a test cannot set. */
    private static Buckets keys(String secret) {
        S3Buckets buckets = new S3Buckets();
        return address -> buckets.open(new BucketAddress(
                address.endpoint(),
                address.insecure(),
                address.bucket(),
                address.region(),
                address.style(),
                new BucketAddress.Keys(Versitygw.ACCESS_KEY, secret, null)));
    }

    private void put(String key, String content) throws Exception {
        Files.writeString(folder.resolve("content"), content);
        bucket.put(key, folder.resolve("content"));
    }
}
