package dev.plumbline.registry.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.registry.store.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The exchange of a service account's token, with a token service that answers as AWS documents it. */
class WebIdentityTest {

    @TempDir
    private Path folder;

    private final List<String> asked = new ArrayList<>();
    private HttpServer service;
    private Path token;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        token = Files.writeString(folder.resolve("token"), "canary-jwt\n");
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", this::answer);
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        String text = status == 200
                ? "<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials><SessionToken>st+/="
                        + "</SessionToken><SecretAccessKey>canary-secret</SecretAccessKey><Expiration>"
                        + now.plusSeconds(3600) + "</Expiration><AccessKeyId>ASIA" + asked.size()
                        + "</AccessKeyId></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>"
                : "<ErrorResponse><Error><Code>InvalidIdentityToken</Code></Error></ErrorResponse>";
        byte[] body = text.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Map<String, String> environment() {
        return Map.of(
                "AWS_ROLE_ARN",
                "arn:aws:iam::1:role/plumbline",
                "AWS_WEB_IDENTITY_TOKEN_FILE",
                token.toString(),
                "AWS_ENDPOINT_URL_STS",
                "http://127.0.0.1:" + service.getAddress().getPort() + "/");
    }

    private AwsCredentialsProvider identity() {
        return WebIdentity.of(environment(), () -> now).orElseThrow();
    }

    @Test
    void theTokenIsExchangedOnceAndAgainBeforeItsCredentialsExpire() throws Exception {
        AwsCredentialsProvider identity = identity();
        AwsSessionCredentials first = assertInstanceOf(AwsSessionCredentials.class, identity.resolveCredentials());
        assertEquals("ASIA1", first.accessKeyId());
        assertEquals("st+/=", first.sessionToken());
        assertEquals("ASIA1", identity.resolveCredentials().accessKeyId());
        assertEquals(
                List.of(
                        "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fplumbline"
                                + "&RoleSessionName=plumbline&WebIdentityToken=canary-jwt"),
                asked);

        Files.writeString(token, "the-next-jwt");
        now = now.plusSeconds(3600 - 299);
        assertEquals("ASIA2", identity.resolveCredentials().accessKeyId());
        assertTrue(asked.getLast().endsWith("=the-next-jwt"), asked.getLast());
    }

    @Test
    void keysOfTheEnvironmentGoFirst() {
        assertEquals(Optional.empty(), WebIdentity.of(Map.of("AWS_ROLE_ARN", "r"), () -> now));
        Map<String, String> both = new HashMap<>(environment());
        both.put("AWS_ACCESS_KEY_ID", "AKIA");
        assertEquals(Optional.empty(), WebIdentity.of(both, () -> now));
    }

    @Test
    void aRefusalIsSaidAndAServiceThatIsAwayIsTriedAgain() {
        Attempts attempts = new Attempts(S3Settings.parse("s3://b"));
        status = 400;
        assertFailure(attempts, false, "400 InvalidIdentityToken");
        status = 503;
        assertFailure(attempts, true, "status 503");
        service.stop(0);
        assertFailure(attempts, true, "ConnectException");
    }

    private void assertFailure(Attempts attempts, boolean retryable, String why) {
        AwsCredentialsProvider identity = identity();
        StoreException failed = assertThrows(
                StoreException.class, () -> attempts.run("read", "key", before -> identity.resolveCredentials()));
        assertEquals(retryable, failed.retryable(), failed.toString());
        assertTrue(failed.toString().contains(why), failed.toString());
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            assertFalse(cause.toString().contains("canary"), cause.toString());
        }
        assertInstanceOf(SdkClientException.class, failed.getCause());
    }
}
