package dev.plumbline.registry.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The credentials of a Kubernetes service account that stands for a role (IRSA): its token is exchanged at AWS's token
 * service ({@code AssumeRoleWithWebIdentity}), again before they expire. The SDK has this in a module that is not served in our
 * version.
 */
final class WebIdentity implements AwsCredentialsProvider {

    /** How long before they expire credentials are renewed. */
    private static final Duration EARLY = Duration.ofMinutes(5);

    private static final int TIMEOUT_MILLISECONDS = 10_000;

    private static final int MAX_ANSWER = 64 * 1024;

    private static final int SERVER_ERROR = 500;

    private final String role;
    private final Path tokenFile;
    private final String session;
    private final URI service;
    private final InstantSource clock;

    private @Nullable AwsCredentials current;
    private Instant renewal = Instant.MIN;

    private WebIdentity(String role, Path tokenFile, String session, URI service, InstantSource clock) {
        this.role = role;
        this.tokenFile = tokenFile;
        this.session = session;
        this.service = service;
        this.clock = clock;
    }

    /** The identity that an environment names; empty where it names none, or names keys, which go before it. */
    static Optional<AwsCredentialsProvider> of(Map<String, String> environment, InstantSource clock) {
        String role = environment.getOrDefault("AWS_ROLE_ARN", "");
        String token = environment.getOrDefault("AWS_WEB_IDENTITY_TOKEN_FILE", "");
        if (role.isEmpty() || token.isEmpty() || environment.containsKey("AWS_ACCESS_KEY_ID")) {
            return Optional.empty();
        }
        String session = environment.getOrDefault("AWS_ROLE_SESSION_NAME", "plumbline");
        return Optional.of(new WebIdentity(role, Path.of(token), session, service(environment), clock));
    }

    private static URI service(Map<String, String> environment) {
        String endpoint = environment.getOrDefault("AWS_ENDPOINT_URL_STS", "");
        if (!endpoint.isEmpty()) {
            return URI.create(endpoint);
        }
        String region = environment.getOrDefault("AWS_REGION", environment.getOrDefault("AWS_DEFAULT_REGION", ""));
        String host = region.isEmpty() ? "sts.amazonaws.com" : "sts." + region + ".amazonaws.com";
        return URI.create("https://" + host + (region.startsWith("cn-") ? ".cn" : "") + "/");
    }

    @Override
    public synchronized AwsCredentials resolveCredentials() {
        AwsCredentials known = current;
        if (known == null || !clock.instant().isBefore(renewal)) {
            known = exchange();
            current = known;
        }
        return known;
    }

    private AwsCredentials exchange() {
        try {
            String token = Files.readString(tokenFile).strip();
            String answer = ask("Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=" + encoded(role)
                    + "&RoleSessionName=" + encoded(session) + "&WebIdentityToken=" + encoded(token));
            renewal = Instant.parse(value(answer, "Expiration")).minus(EARLY);
            return AwsSessionCredentials.create(
                    value(answer, "AccessKeyId"), value(answer, "SecretAccessKey"), value(answer, "SessionToken"));
        } catch (IOException e) {
            throw failed("it gave no answer, or the token in " + tokenFile + " cannot be read", e);
        } catch (DateTimeException e) {
            throw failed("its answer is not understood", null);
        }
    }

    private String ask(String form) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) service.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLISECONDS);
        connection.setReadTimeout(TIMEOUT_MILLISECONDS);
        connection.setInstanceFollowRedirects(false);
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
        byte[] body = form.getBytes(StandardCharsets.UTF_8);
        connection.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
        int status = connection.getResponseCode();
        if (status >= SERVER_ERROR) {
            throw new IOException("status " + status);
        }
        try (InputStream in =
                status == HttpURLConnection.HTTP_OK ? connection.getInputStream() : connection.getErrorStream()) {
            String answer = in == null ? "" : new String(in.readNBytes(MAX_ANSWER), StandardCharsets.UTF_8);
            if (status != HttpURLConnection.HTTP_OK) {
                throw failed(
                        "it answered " + status + " " + find(answer, "Code").orElse(""), null);
            }
            return answer;
        }
    }

    private String value(String answer, String tag) {
        return find(answer, tag).orElseThrow(() -> failed("its answer holds no " + tag, null));
    }

    private static Optional<String> find(String answer, String tag) {
        Matcher element = Pattern.compile("<" + tag + ">([^<]*)</" + tag + ">").matcher(answer);
        return element.find() ? Optional.of(element.group(1)) : Optional.empty();
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private SdkClientException failed(String why, @Nullable Throwable cause) {
        return SdkClientException.create(
                "the token of this service account was not exchanged for " + role + " at " + service + ": " + why,
                cause);
    }
}
