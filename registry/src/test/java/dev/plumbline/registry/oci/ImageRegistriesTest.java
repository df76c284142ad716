package dev.plumbline.registry.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.oci.ImageAnswer.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An image is gone only when its registry says so; everything else is said and refuses nothing. */
class ImageRegistriesTest {

    private static final String DIGEST = "sha256:" + "a".repeat(64);
    private static final String OTHER = "sha256:" + "b".repeat(64);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private final TokenRegistry registry = new TokenRegistry();

    ImageRegistriesTest() throws IOException {}

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void aTokenForAnybodyIsAskedForAndUsed() throws Exception {
        registry.holds(DIGEST);
        String there = registry.authority() + "/team/steps@" + DIGEST;
        String gone = registry.authority() + "/team/steps:1.2@" + OTHER;
        Map<String, ImageAnswer> answers = ask(RegistryCredentials.NONE, there, gone);
        assertEquals(new ImageAnswer(State.THERE, ""), answers.get(there));
        assertEquals(State.GONE, answers.get(gone).state());
        assertTrue(
                registry.asked().contains("GET /token?service=a+registry&scope=repository%3Ateam%2Fsteps%3Apull "),
                registry.asked().toString());
    }

    @Test
    void credentialsAreShownToWhoGivesTokensAndWithoutThemNothingIsKnown() throws Exception {
        registry.holds(DIGEST);
        registry.only("Basic YW5uOnBhc3M=");
        String image = registry.authority() + "/team/steps@" + DIGEST;
        ImageAnswer refused = ask(RegistryCredentials.NONE, image).get(image);
        assertEquals(State.UNKNOWN, refused.state());
        assertTrue(refused.why().contains("401"), refused.why());
        Path config = folder.resolve("config.json");
        Files.writeString(config, """
            {"auths": {"%s": {"auth": "YW5uOnBhc3M="}, "other.example.com": {"auth": "b3RoZXI6eA=="}}}
            """.formatted(registry.authority()));
        assertEquals(
                State.THERE,
                ask(RegistryCredentials.of(config), image).get(image).state());
        assertTrue(registry.asked().stream().noneMatch(request -> request.contains("b3RoZXI6eA")));
    }

    @Test
    void aRedirectIsFollowedWithoutWhatAuthorizedTheFirstRequest() throws Exception {
        try (TokenRegistry elsewhere = new TokenRegistry()) {
            registry.redirect("http://" + elsewhere.authority());
            String image = registry.authority() + "/team/steps@" + DIGEST;
            assertEquals(
                    State.UNKNOWN,
                    ask(RegistryCredentials.NONE, image).get(image).state());
            assertEquals(
                    List.of("HEAD /v2/team/steps/manifests/" + DIGEST + " "),
                    elsewhere.asked().stream()
                            .distinct()
                            .filter(it -> it.startsWith("HEAD"))
                            .toList()
                            .subList(0, 1));
        }
    }

    @Test
    void a404OfWhatIsNoRegistryMeansNothing() throws Exception {
        try (var page = new NoRegistry()) {
            String image = page.authority() + "/team/steps@" + DIGEST;
            ImageAnswer answer = ask(RegistryCredentials.NONE, image).get(image);
            assertEquals(State.UNKNOWN, answer.state());
            assertTrue(answer.why().contains("whether it is a registry"), answer.why());
        }
    }

    @Test
    void aRegistryThatDoesNotAnswerIsWaitedForSoLongAndNoLonger() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String image = "127.0.0.1:" + silent.getLocalPort() + "/team/steps@" + DIGEST;
            long begin = System.nanoTime();
            try (ImageRegistries registries = new ImageRegistries(RegistryCredentials.NONE, Duration.ofSeconds(1))) {
                assertEquals(
                        State.UNKNOWN, registries.ask(List.of(image)).get(image).state());
            }
            assertTrue(System.nanoTime() - begin < Duration.ofSeconds(4).toNanos());
        }
        String nobody = "127.0.0.1:1/team/steps@" + DIGEST;
        assertEquals(
                State.UNKNOWN, ask(RegistryCredentials.NONE, nobody).get(nobody).state());
    }

    @ParameterizedTest
    @CsvSource({
        "python, docker.io, library/python, https://registry-1.docker.io",
        "docker.io/library/python, docker.io, library/python, https://registry-1.docker.io",
        "docker-pullable://team/steps, docker.io, team/steps, https://registry-1.docker.io",
        "ghcr.io/team/a/b:1.2, ghcr.io, team/a/b, https://ghcr.io",
        "localhost:5000/steps, localhost:5000, steps, http://localhost:5000",
        "10.0.0.7:5000/steps, 10.0.0.7:5000, steps, https://10.0.0.7:5000",
    })
    void imagesAreNamedAsRuntimesNameThem(String name, String registry, String repository, String address) {
        ImageName image = ImageName.of(name + "@" + DIGEST).orElseThrow();
        assertEquals(List.of(registry, repository), List.of(image.registry(), image.repository()));
        assertEquals(address, image.address());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha256:aaaa",
                "python:3.11",
                "python@sha256:1",
                "evil.example.com/../x@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "user@host/x@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "a b/x@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void whatNamesNoDigestOfARegistryIsAskedForNowhere(String text) throws Exception {
        assertEquals(
                State.UNKNOWN, ask(RegistryCredentials.NONE, text).get(text).state());
        assertTrue(ImageName.of(text).isEmpty());
    }

    private static Map<String, ImageAnswer> ask(RegistryCredentials credentials, String... images)
            throws InterruptedException {
        try (ImageRegistries registries = new ImageRegistries(credentials, PATIENCE)) {
            return registries.ask(List.of(images));
        }
    }
}
