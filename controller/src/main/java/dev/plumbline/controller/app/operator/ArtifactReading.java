package dev.plumbline.controller.app.operator;

import dev.plumbline.controller.record.ArtifactDigests;
import dev.plumbline.registry.artifacts.ArtifactBucket;
import dev.plumbline.registry.artifacts.BucketAddress;
import dev.plumbline.registry.artifacts.Buckets;
import dev.plumbline.registry.evidence.ModelFile;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.s3.S3Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one artifact once for its digest: an object, or the objects below a folder, piece by piece and never as a whole. */
final class ArtifactReading {

    /** Most bytes of an artifact that are read: 100 GiB, which are not all read in the time that there is. */
    static final long MOST_BYTES = 100L << 30;

    /** Most objects of a folder that are read: 10,000. */
    static final int MOST_FILES = 10_000;

    /** Why what takes too long is not read. */
    static final String LATE = "it was not read within the time that a run's record waits for its artifacts";

    private static final int PIECE = 64 * 1024;

    private final Buckets buckets;
    private final S3Settings settings;
    private final String key;
    private final long end;
    private long bytes;

    /**
     * Nothing is read yet.
     *
     * @param key its key in the bucket
     * @param end until when, by the clock of {@link System#nanoTime}
     */
    ArtifactReading(Buckets buckets, S3Settings settings, String key, long end) {
        this.buckets = buckets;
        this.settings = settings;
        this.key = key;
        this.end = end;
    }

    /**
     * What was read.
     *
     * @param digest of its bytes; of a folder, of its {@code sha256sum} listing in order of path; null when it was not read
     * @param files its files
     * @param why why it was not read; empty when it was
     */
    record Read(@Nullable Digest digest, List<ModelFile> files, String why) {

        static Read not(String why) {
            return new Read(null, List.of(), why);
        }
    }

    /**
     * Reads it.
     *
     * @throws IOException when the server cannot be asked, or refuses; the message holds no secret
     */
    Read read() throws IOException {
        ArtifactBucket bucket = buckets.open(address(settings));
        Optional<Read> whole = one(bucket, key, key.substring(key.lastIndexOf('/') + 1));
        if (whole.isPresent()) {
            return whole.get();
        }
        String folder = key.endsWith("/") ? key : key + "/";
        List<String> keys = bucket.list(folder, MOST_FILES + 1);
        if (keys.isEmpty()) {
            return Read.not(ArtifactDigests.GONE);
        }
        if (keys.size() > MOST_FILES) {
            return Read.not("it has more than " + MOST_FILES + " files");
        }
        List<ModelFile> files = new ArrayList<>();
        StringBuilder listing = new StringBuilder();
        for (String each : keys) {
            if (each.endsWith("/")) {
                continue; // A folder that was made with a console.
            }
            String name = each.substring(folder.length());
            Read read = one(bucket, each, name).orElse(Read.not("a file of it went away"));
            if (read.digest() == null) {
                return read;
            }
            files.addAll(read.files());
            listing.append(read.digest().hex()).append("  ").append(name).append('\n');
        }
        return new Read(Digest.of(listing.toString()), files, "");
    }

    private Optional<Read> one(ArtifactBucket bucket, String at, String name) throws IOException {
        long before = bytes;
        return bucket.read(at, (size, content) -> {
            bytes = before; // The connection may have broken, and all of it be read again.
            return before + size > MOST_BYTES
                    ? Read.not("it has more than " + MOST_BYTES + " bytes")
                    : digest(content, name);
        });
    }

    private Read digest(InputStream content, String name) throws IOException {
        Digest.Sum sum = new Digest.Sum();
        byte[] piece = new byte[PIECE];
        for (int read = content.read(piece); read >= 0; read = content.read(piece)) {
            sum.add(piece, read);
            bytes += read;
            if (bytes > MOST_BYTES) {
                return Read.not("it has more than " + MOST_BYTES + " bytes");
            }
            if (System.nanoTime() > end) {
                return Read.not(LATE);
            }
        }
        Digest digest = sum.digest();
        return new Read(digest, List.of(new ModelFile(name, digest)), "");
    }

    private static BucketAddress address(S3Settings settings) {
        URI endpoint = settings.endpoint();
        return new BucketAddress(
                endpoint == null ? "amazonaws.com" : endpoint.getRawAuthority(),
                endpoint != null && "http".equals(endpoint.getScheme()),
                settings.bucket(),
                settings.region(),
                settings.pathStyle() ? "path" : "",
                null);
    }
}
