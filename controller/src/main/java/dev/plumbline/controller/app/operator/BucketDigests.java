package dev.plumbline.controller.app.operator;

import dev.plumbline.controller.record.ArtifactDigests;
import dev.plumbline.registry.artifacts.Buckets;
import dev.plumbline.registry.evidence.ModelFile;
import dev.plumbline.registry.run.ArtifactPlace;
import dev.plumbline.registry.run.ArtifactRecord;
import dev.plumbline.registry.run.InputArtifact;
import dev.plumbline.registry.run.Observation;
import dev.plumbline.registry.s3.S3Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Digests of artifacts in the buckets that the operator named, read with this program's own credentials. Whatever place a run names, no
 * other is asked: a Workflow could name any. A run's artifacts are read within a time; what is not read by then, and what cannot be read,
 * says why. Used by many threads.
 */
final class BucketDigests implements ArtifactDigests {

    /** How long a run's record waits for the digests of its artifacts: a minute. */
    static final Duration LONGEST = Duration.ofMinutes(1);

    /** Of how many artifacts the files are remembered until evidence is written. */
    private static final int REMEMBERED = 32;

    private final Buckets buckets;
    private final List<S3Settings> named;
    private final Duration longest;
    private final Map<ArtifactRecord, List<ModelFile>> files = new LinkedHashMap<>();

    /**
     * Reads in these buckets.
     *
     * @param longest how long a run's artifacts are read
     */
    BucketDigests(Buckets buckets, List<S3Settings> named, Duration longest) {
        this.buckets = buckets;
        this.named = List.copyOf(named);
        this.longest = longest;
    }

    @Override
    public List<ArtifactRecord> read(Observation run) {
        long end = System.nanoTime() + longest.toNanos();
        List<ArtifactRecord> read = new ArrayList<>();
        for (ArtifactRecord artifact : run.artifacts()) {
            Optional<ArtifactPlace> place = run.places().stream()
                    .filter(each -> each.node().equals(artifact.node())
                            && each.name().equals(artifact.name())
                            && each.key().equals(artifact.key()))
                    .findFirst();
            ArtifactReading.Read bytes =
                    place.isEmpty() ? ArtifactReading.Read.not("it is in no bucket of S3") : read(place.get(), end);
            if (bytes.digest() == null) {
                read.add(artifact.withoutDigest(bytes.why()));
            } else {
                ArtifactRecord known = artifact.withDigest(bytes.digest());
                remember(known, bytes.files());
                read.add(known);
            }
        }
        return read;
    }

    @Override
    public List<InputArtifact> inputs(List<InputArtifact> given) {
        long end = System.nanoTime() + longest.toNanos();
        List<InputArtifact> read = new ArrayList<>();
        for (InputArtifact input : given) {
            if (!input.unread().isEmpty() && input.key().isEmpty()) {
                read.add(input);
                continue;
            }
            ArtifactReading.Read bytes = read(input.place(), end);
            read.add(bytes.digest() == null ? input.withoutDigest(bytes.why()) : input.withDigest(bytes.digest()));
        }
        return read;
    }

    @Override
    public synchronized List<ModelFile> files(ArtifactRecord artifact) {
        return files.getOrDefault(artifact, List.of());
    }

    private ArtifactReading.Read read(ArtifactPlace place, long end) {
        Optional<S3Settings> bucket =
                named.stream().filter(each -> holds(each, place)).findFirst();
        if (bucket.isEmpty()) {
            return ArtifactReading.Read.not("bucket " + place.bucket() + " at " + place.endpoint()
                    + " is not among those that the controller reads; name it with --artifacts");
        }
        if (System.nanoTime() >= end) {
            return ArtifactReading.Read.not(ArtifactReading.LATE);
        }
        ArtifactReading reading = new ArtifactReading(buckets, bucket.get(), place.key(), end);
        FutureTask<ArtifactReading.Read> task = new FutureTask<>(reading::read);
        Thread.ofVirtual().name("artifact").start(task); // A server that is silent must not hold up the record.
        try {
            return task.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return ArtifactReading.Read.not(ArtifactReading.LATE);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failed) {
                return ArtifactReading.Read.not(String.valueOf(failed.getMessage()));
            }
            throw new IllegalStateException("reading an artifact stumbled over a bug", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ArtifactReading.Read.not("the controller was ending");
        }
    }

    private synchronized void remember(ArtifactRecord artifact, List<ModelFile> made) {
        files.put(artifact, made);
        if (files.size() > REMEMBERED) {
            files.remove(files.keySet().iterator().next());
        }
    }

    /** Whether this is the bucket that a run names. AWS has many addresses; another server has one. */
    private static boolean holds(S3Settings bucket, ArtifactPlace place) {
        String endpoint = place.endpoint();
        boolean same = bucket.endpoint() == null
                ? endpoint.equals("amazonaws.com") || endpoint.endsWith(".amazonaws.com")
                : endpoint.equals(bucket.endpoint().getRawAuthority());
        return same && bucket.bucket().equals(place.bucket()) && place.key().startsWith(bucket.prefix());
    }
}
