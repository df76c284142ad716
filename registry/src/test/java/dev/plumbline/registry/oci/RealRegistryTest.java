package dev.plumbline.registry.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plumbline.registry.git.Program;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.oci.ImageAnswer.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wall against CNCF Distribution's server, which asks for a password: an image that is pushed, asked for and deleted. */
@Tag("cluster")
class RealRegistryTest {

    /** The password {@code canary}, as {@code htpasswd -B} writes it. */
    private static final String HTPASSWD = "ann:$2a$05$8B8ZI3E52Eqclk2gtfths.0LRGuZqGSsNOnqo2GnS/SMkXREysHOS";

    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString("ann:canary".getBytes(StandardCharsets.UTF_8));
    private static final int BUILD_MINUTES = 20;
    private static final String TYPE = "application/vnd.oci.image.manifest.v1+json";

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private Process process;
    private String authority;

    @BeforeEach
    void start() throws Exception {
        Program.requires("go");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            authority = "127.0.0.1:" + free.getLocalPort();
        }
        Path passwords = folder.resolve("htpasswd");
        Files.writeString(passwords, HTPASSWD + "\n");
        process = new ProcessBuilder(program().toString(), authority, passwords.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        for (int i = 0; i < 200 && process.isAlive(); i++) {
            try (Socket socket = new Socket(
                    InetAddress.getLoopbackAddress(),
                    URI.create("http://" + authority).getPort())) {
                return;
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        throw new IOException("the registry did not start: " + Files.readString(folder.resolve("log")));
    }

    @AfterEach
    void stop() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
        http.close();
    }

    @Test
    void anImageIsThereUntilItIsDeletedAndOnlyForThoseWhoMayKnow() throws Exception {
        String digest = push();
        String image = authority + "/team/steps@" + digest;
        Path config = folder.resolve("config.json");
        Files.writeString(config, """
            {"auths": {"%s": {"username": "ann", "password": "canary"}}}\
            """.formatted(authority));
        RegistryCredentials ann = RegistryCredentials.of(config);
        assertEquals(new ImageAnswer(State.THERE, ""), ask(ann, image));
        assertEquals(State.UNKNOWN, ask(RegistryCredentials.NONE, image).state());
        Files.writeString(config, """
            {"auths": {"%s": {"username": "ann", "password": "wrong"}}}\
            """.formatted(authority));
        assertEquals(State.UNKNOWN, ask(RegistryCredentials.of(config), image).state());
        String never = authority + "/team/never@" + digest;
        assertEquals(State.GONE, ask(ann, never).state());
        assertEquals(
                202,
                send("DELETE", "/v2/team/steps/manifests/" + digest, "", "").statusCode());
        assertEquals(new ImageAnswer(State.GONE, authority + " does not have it any more"), ask(ann, image));
        process.destroyForcibly().waitFor();
        assertEquals(State.UNKNOWN, ask(ann, image).state());
    }

    /** An image without layers. */
    private String push() throws Exception {
        String config = "{\"architecture\": \"amd64\", \"os\": \"linux\"}";
        HttpResponse<String> upload = send("POST", "/v2/team/steps/blobs/uploads/", "", "");
        URI location = URI.create("http://" + authority)
                .resolve(upload.headers().firstValue("Location").orElseThrow());
        String put = location.getRawPath() + "?" + location.getRawQuery() + "&digest="
                + Digest.of(config).value();
        assertEquals(201, send("PUT", put, "application/octet-stream", config).statusCode());
        String manifest = """
            {"schemaVersion": 2, "mediaType": "%s", "layers": [], "config": {
             "mediaType": "application/vnd.oci.image.config.v1+json", "digest": "%s", "size": %d}}\
            """.formatted(TYPE, Digest.of(config).value(), config.length());
        assertEquals(
                201,
                send("PUT", "/v2/team/steps/manifests/latest", TYPE, manifest).statusCode());
        return Digest.of(manifest).value();
    }

    private HttpResponse<String> send(String method, String path, String type, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + authority + path))
                .header("Authorization", BASIC)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static ImageAnswer ask(RegistryCredentials credentials, String image) throws InterruptedException {
        try (ImageRegistries registries = new ImageRegistries(credentials, Duration.ofSeconds(5))) {
            return registries.ask(List.of(image)).get(image);
        }
    }

    private static Path program() throws Exception {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(here.resolve("tests/parts/part"))) {
            here = here.getParent();
        }
        Process part = new ProcessBuilder(here.resolve("tests/parts/part").toString(), "image-registry")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!part.waitFor(BUILD_MINUTES, TimeUnit.MINUTES) || part.exitValue() != 0) {
            throw new IOException("the part image-registry was not built");
        }
        return Path.of(printed.strip()).resolve("image-registry");
    }
}
