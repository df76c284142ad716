package dev.plumbline.registry.s3;

import dev.plumbline.registry.artifacts.ArtifactBucket;
import dev.plumbline.registry.artifacts.BucketAddress;
import dev.plumbline.registry.artifacts.Buckets;
import dev.plumbline.registry.store.StoreException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Buckets of artifacts, at AWS or at a server that speaks S3. A connection lives as long as the program. */
public final class S3Buckets implements Buckets {

    /** Most keys of one request, a limit of S3. */
    private static final int MAX_REMOVED = 1000;

    private static final String AWS = "amazonaws.com";

    /** The region of servers that have none, and AWS's own where none is said. */
    private static final String REGION = "us-east-1";

    private final Map<BucketAddress, Files> opened = new HashMap<>();

    @Override
    public synchronized ArtifactBucket open(BucketAddress address) throws IOException {
        Files known = opened.get(address);
        if (known == null) {
            S3Settings settings = settings(address);
            try {
                known = new Files(
                        new Bucket(S3Stores.client(settings, credentials(address.keys()), S3Stores.SILENCE), settings));
            } catch (StoreException e) {
                throw new IOException(e.getMessage(), e);
            }
            opened.put(address, known);
        }
        return known;
    }

    /** AWS is reached at the address of the region, whatever of its addresses is written; others where they are. */
    private static S3Settings settings(BucketAddress address) throws IOException {
        String region = address.region() == null || address.region().isEmpty() ? REGION : address.region();
        try {
            URI endpoint = new URI((address.insecure() ? "http://" : "https://") + address.endpoint());
            String host = endpoint.getHost();
            if (host == null || endpoint.getUserInfo() != null) {
                throw new URISyntaxException("", "no host");
            }
            boolean aws = host.equals(AWS) || host.endsWith("." + AWS);
            boolean path = address.style().isEmpty() ? !aws : address.style().equals("path");
            return new S3Settings(address.bucket(), "", aws ? null : endpoint, region, path);
        } catch (URISyntaxException e) {
            // Not shown: who writes a key into it must not find it in a log.
            throw new IOException(
                    "the endpoint of the bucket " + address.bucket() + " is no HOST or HOST:PORT; correct it", e);
        }
    }

    private static AwsCredentialsProvider credentials(BucketAddress.@Nullable Keys keys) {
        if (keys == null) {
            return S3Stores.credentials();
        }
        return StaticCredentialsProvider.create(
                keys.session() == null
                        ? AwsBasicCredentials.create(keys.id(), keys.secret())
                        : AwsSessionCredentials.create(keys.id(), keys.secret(), keys.session()));
    }

    /** A bucket in the words of the door. */
    private record Files(Bucket bucket) implements ArtifactBucket {

        @Override
        public void put(String key, Path file) throws IOException {
            try {
                bucket.upload(key, file);
            } catch (StoreException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        @Override
        public boolean get(String key, Path file) throws IOException {
            try {
                return bucket.download(key, file);
            } catch (StoreException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        @Override
        public <T> Optional<T> read(String key, Reader<T> reader) throws IOException {
            try {
                return bucket.read(key, reader);
            } catch (StoreException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        @Override
        public List<String> list(String prefix, int most) throws IOException {
            try {
                return bucket.list(prefix, "", most).stream()
                        .map(Bucket.Listed::key)
                        .toList();
            } catch (StoreException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        @Override
        public void remove(List<String> keys) throws IOException {
            try {
                for (int from = 0; from < keys.size(); from += MAX_REMOVED) {
                    bucket.remove(keys.subList(from, Math.min(keys.size(), from + MAX_REMOVED)));
                }
            } catch (StoreException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }
}
