package dev.plumbline.registry.s3;

import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Opens the stores of a bucket. */
public final class S3Stores {

    /** Longest wait for a connection. */
    static final Duration CONNECT = Duration.ofSeconds(5);

    /** Longest silence of the server. */
    static final Duration SILENCE = Duration.ofSeconds(20);

    private S3Stores() {}

    /**
     * Opens the stores of a bucket, after seeing that it can be written and that the server keeps conditions. Any number of
     * programs may have it open. The connection lives as long as the program.
     *
     * @throws StoreException when the bucket cannot be reached or written, or the server ignores conditions
     */
    public static Stores open(S3Settings settings) throws StoreException {
        return open(settings, credentials(), SILENCE);
    }

    /** Who this program is, as its environment says. */
    static AwsCredentialsProvider credentials() {
        return WebIdentity.of(System.getenv(), InstantSource.system())
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    }

    static Stores open(S3Settings settings, AwsCredentialsProvider credentials, Duration silence)
            throws StoreException {
        Bucket bucket = new Bucket(client(settings, credentials, silence), settings);
        requireConditions(bucket);
        return new Stores(new S3ObjectStore(bucket), new S3RefStore(bucket), new S3LogStore(bucket));
    }

    static S3Client client(S3Settings settings, AwsCredentialsProvider credentials, Duration silence)
            throws StoreException {
        S3ClientBuilder builder = S3Client.builder()
                .credentialsProvider(credentials)
                .httpClient(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(silence)
                        .build())
                // A write that the SDK repeats by itself cannot be told from one that another writer made.
                .overrideConfiguration(options -> options.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .forcePathStyle(settings.pathStyle());
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint());
        }
        if (settings.region() != null) {
            builder.region(Region.of(settings.region()));
        }
        try {
            return builder.build();
        } catch (SdkClientException e) {
            throw new StoreException(
                    "tried to open the bucket " + settings.bucket() + ", failed because of: " + e.getMessage()
                            + "; give the region in its address or in AWS_REGION",
                    false,
                    e);
        }
    }

    /** Servers that know no conditions accept and ignore them; then two writers would overwrite each other. */
    private static void requireConditions(Bucket bucket) throws StoreException {
        String key = "probe/" + UUID.randomUUID();
        boolean first = bucket.create(key, new byte[] {1});
        boolean again = bucket.create(key, new byte[] {2});
        boolean wrong = bucket.replace(key, new byte[] {3}, "\"00000000000000000000000000000000\"");
        bucket.remove(List.of(key));
        if (!first || again || wrong) {
            throw bucket.refused(
                    "open the store in",
                    "",
                    "the server ignores If-None-Match or If-Match",
                    "use AWS S3 or a server that keeps conditional writes");
        }
    }
}
