package dev.plumbline.registry.s3;

import dev.plumbline.registry.artifacts.ArtifactBucket;
import dev.plumbline.registry.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The objects of a bucket below a prefix, by keys without it. A conditional write that is repeated because its answer was
 * lost finds its own bytes there, and so knows that it was the first; its callers make their bytes unlike all others.
 */
final class Bucket {

    /** Longest key, in bytes: a rule of S3. */
    private static final int MAX_KEY = 1024;

    /** How many keys are read at a time. */
    private static final int TOGETHER = 8;

    private static final int PRECONDITION_FAILED = 412;

    private final S3Client client;
    private final S3Settings settings;
    private final Attempts attempts;

    Bucket(S3Client client, S3Settings settings) {
        this.client = client;
        this.settings = settings;
        this.attempts = new Attempts(settings);
    }

    /**
     * What stands at a key.
     *
     * @param bytes its bytes
     * @param tag what the server calls this content, for {@link #replace}
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Found(byte[] bytes, String tag) {}

    /**
     * A key of a listing.
     *
     * @param key the key
     * @param size its bytes
     */
    record Listed(String key, long size) {}

    /** Reads a key. */
    Optional<Found> get(String key) throws StoreException {
        String full = full(key);
        return attempts.run("read", key, before -> {
            try {
                ResponseBytes<GetObjectResponse> read = client.getObjectAsBytes(
                        get -> get.bucket(settings.bucket()).key(full));
                return Optional.of(
                        new Found(read.asByteArrayUnsafe(), read.response().eTag()));
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            }
        });
    }

    /** Reads keys, some at a time; in their order, empty where nothing stands. */
    List<Optional<Found>> getAll(List<String> keys) throws StoreException {
        List<Future<Optional<Found>>> reads = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(
                TOGETHER, Thread.ofVirtual().name("s3-read-", 0).factory())) {
            keys.forEach(key -> reads.add(threads.submit(() -> get(key))));
        }
        List<Optional<Found>> found = new ArrayList<>();
        for (Future<Optional<Found>> read : reads) {
            if (read.state() == Future.State.FAILED) {
                if (read.exceptionNow() instanceof StoreException failed) {
                    throw failed;
                }
                throw new IllegalStateException(read.exceptionNow());
            }
            found.add(read.resultNow());
        }
        return found;
    }

    /** Whether anything stands at a key. */
    boolean exists(String key) throws StoreException {
        String full = full(key);
        return attempts.run("look for", key, before -> {
            try {
                client.headObject(head -> head.bucket(settings.bucket()).key(full));
                return true;
            } catch (NoSuchKeyException e) {
                return false;
            }
        });
    }

    /**
     * Writes a key that must not exist.
     *
     * @return whether it was written; false when it exists
     */
    boolean create(String key, byte[] bytes) throws StoreException {
        return put(key, bytes, put -> put.ifNoneMatch("*"));
    }

    /**
     * Writes a key whose content must still be the one of a tag.
     *
     * @return whether it was written; false when the content is another one, or gone
     */
    boolean replace(String key, byte[] bytes, String tag) throws StoreException {
        return put(key, bytes, put -> put.ifMatch(tag));
    }

    private boolean put(String key, byte[] bytes, Consumer<PutObjectRequest.Builder> condition) throws StoreException {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(settings.bucket()).key(full(key));
        condition.accept(request);
        return attempts.run("write", key, before -> {
            try {
                client.putObject(request.build(), RequestBody.fromBytes(bytes));
                return true;
            } catch (NoSuchKeyException e) {
                return false;
            } catch (S3Exception e) {
                if (e.statusCode() != PRECONDITION_FAILED) {
                    throw e;
                }
                // An attempt whose answer was lost may have written it.
                return before > 0
                        && get(key).filter(found -> Arrays.equals(found.bytes, bytes))
                                .isPresent();
            }
        });
    }

    /** Writes a file to a key, whatever stood there. */
    void upload(String key, Path file) throws StoreException {
        String full = full(key);
        attempts.run(
                "write",
                key,
                before -> client.putObject(put -> put.bucket(settings.bucket()).key(full), RequestBody.fromFile(file)));
    }

    /**
     * Reads a key into a file.
     *
     * @return false when nothing stands at the key
     */
    boolean download(String key, Path file) throws StoreException {
        String full = full(key);
        return attempts.run("read", key, before -> {
            try {
                client.getObject(
                        get -> get.bucket(settings.bucket()).key(full),
                        (answer, content) -> Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING));
                return true;
            } catch (NoSuchKeyException e) {
                return false;
            }
        });
    }

    /** Reads a key as a stream; what is left of it is not waited for. Empty when nothing stands at the key. */
    <T> Optional<T> read(String key, ArtifactBucket.Reader<T> reader) throws StoreException {
        String full = full(key);
        return attempts.run("read", key, before -> {
            try {
                return Optional.of(client.getObject(
                        get -> get.bucket(settings.bucket()).key(full), (answer, content) -> {
                            try {
                                return reader.read(answer.contentLength(), content);
                            } finally {
                                content.abort();
                            }
                        }));
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            }
        });
    }

    /** Removes keys; one that is not there is removed already. */
    void remove(Collection<String> keys) throws StoreException {
        List<ObjectIdentifier> identifiers = new ArrayList<>();
        for (String key : keys) {
            identifiers.add(ObjectIdentifier.builder().key(full(key)).build());
        }
        String first = keys.iterator().next();
        attempts.run("remove", first, before -> {
            var removed = client.deleteObjects(delete -> delete.bucket(settings.bucket())
                    .delete(d -> d.objects(identifiers).quiet(true)));
            if (!removed.errors().isEmpty()) {
                throw refused("remove", first, removed.errors().getFirst().code(), "allow to delete there");
            }
            return removed;
        });
    }

    /** All keys that begin with a prefix and stand after another key, in byte order; an empty key is before all. */
    List<Listed> list(String prefix, String after) throws StoreException {
        return list(prefix, after, Integer.MAX_VALUE);
    }

    /** The first of these. */
    List<Listed> list(String prefix, String after, int most) throws StoreException {
        List<Listed> keys = new ArrayList<>();
        @Nullable String token = null;
        do {
            ListObjectsV2Response page = page(prefix, after, null, token);
            page.contents().forEach(object -> keys.add(new Listed(below(object.key()), object.size())));
            token = page.nextContinuationToken();
        } while (token != null && keys.size() < most);
        return keys.size() <= most ? keys : List.copyOf(keys.subList(0, most));
    }

    /** The parts up to a delimiter that keys with a prefix begin with. */
    List<String> folders(String prefix, String delimiter) throws StoreException {
        List<String> folders = new ArrayList<>();
        @Nullable String token = null;
        do {
            ListObjectsV2Response page = page(prefix, "", delimiter, token);
            page.commonPrefixes().stream()
                    .map(CommonPrefix::prefix)
                    .map(this::below)
                    .forEach(folders::add);
            token = page.nextContinuationToken();
        } while (token != null);
        return folders;
    }

    private ListObjectsV2Response page(String prefix, String after, @Nullable String delimiter, @Nullable String token)
            throws StoreException {
        return attempts.run(
                "list",
                prefix,
                before -> client.listObjectsV2(list -> list.bucket(settings.bucket())
                        .prefix(settings.prefix() + prefix)
                        .startAfter(after.isEmpty() ? null : settings.prefix() + after)
                        .delimiter(delimiter)
                        .continuationToken(token)));
    }

    /** What is asked for cannot be done. */
    StoreException refused(String tried, String key, String why, String what) {
        return attempts.refused(tried, key, why, what);
    }

    private String full(String key) throws StoreException {
        String full = settings.prefix() + key;
        if (full.getBytes(StandardCharsets.UTF_8).length > MAX_KEY) {
            throw refused(
                    "use",
                    key,
                    "a key of S3 has at most " + MAX_KEY + " bytes",
                    "use shorter names or a shorter prefix");
        }
        return full;
    }

    private String below(String full) {
        return full.substring(settings.prefix().length());
    }
}
