package dev.plumbline.registry.s3;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the store is. What is null is found as the AWS SDK finds it: in {@code AWS_REGION} and {@code AWS_ENDPOINT_URL_S3}, in
 * the shared configuration, or from the machine. Credentials are always found so: the environment, web identity of a service
 * account (IRSA), pod identity, shared configuration, or the machine's role.
 *
 * @param bucket name of the bucket, which must exist
 * @param prefix what all keys begin with, ending with {@code /}; empty for the whole bucket
 * @param endpoint address of a server that is not AWS's
 * @param region region of the bucket
 * @param pathStyle whether the bucket stands in the path of a request and not in its host name, as servers without
 *     wildcard names need it
 */
public record S3Settings(
        String bucket,
        String prefix,
        @Nullable URI endpoint,
        @Nullable String region,
        boolean pathStyle) {

    private static final String SCHEME = "s3";

    private static final Set<String> KNOWN = Set.of("endpoint", "region", "pathStyle");

    /**
     * Reads {@code s3://BUCKET[/PREFIX][?region=R&endpoint=URL&pathStyle=true]}.
     *
     * @throws IllegalArgumentException when it is not that, with a message for the person who wrote it
     */
    public static S3Settings parse(String url) {
        try {
            URI uri = new URI(url);
            String bucket = uri.getHost() == null ? uri.getAuthority() : uri.getHost();
            if (!SCHEME.equals(uri.getScheme()) || bucket == null || uri.getUserInfo() != null) {
                throw refused("it is not of that form");
            }
            Map<String, String> options = options(uri.getQuery());
            String endpoint = options.get("endpoint");
            String prefix = uri.getPath().replaceAll("^/+|/+$", "");
            return new S3Settings(
                    bucket,
                    prefix.isEmpty() ? "" : prefix + "/",
                    endpoint == null ? null : new URI(endpoint),
                    options.get("region"),
                    Boolean.parseBoolean(options.get("pathStyle")));
        } catch (URISyntaxException e) {
            throw refused("it is not a well-formed address");
        }
    }

    private static Map<String, String> options(@Nullable String query) {
        Map<String, String> options = new HashMap<>();
        for (String option : query == null ? new String[0] : query.split("&", -1)) {
            int equals = option.indexOf('=');
            String name = equals < 0 ? option : option.substring(0, equals);
            if (!KNOWN.contains(name)) {
                throw refused("it has an option that is not known");
            }
            options.put(name, option.substring(equals + 1));
        }
        return options;
    }

    /** The address is not shown: who writes a key into it must not find it in a log. */
    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("tried to read the address of an S3 store, refused because " + why
                + "; write s3://BUCKET/PREFIX?region=REGION&endpoint=URL&pathStyle=true, where all but the bucket may be left"
                + " out, and give credentials in the environment");
    }
}
