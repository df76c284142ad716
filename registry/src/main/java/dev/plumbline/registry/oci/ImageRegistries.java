package dev.plumbline.registry.oci;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks registries whether they still have images. Bounded in time and in what it reads; nothing is thrown for a registry's sake. */
public final class ImageRegistries implements AutoCloseable {

    private static final int MAX_ANSWER_BYTES = 64 * 1024;
    private static final int FOUND = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int MISSING = 404;
    private static final int MAX_REDIRECTS = 3;
    private static final String BASE = "/v2/";
    private static final String MANIFESTS = "application/vnd.oci.image.index.v1+json,"
            + "application/vnd.oci.image.manifest.v1+json,"
            + "application/vnd.docker.distribution.manifest.list.v2+json,"
            + "application/vnd.docker.distribution.manifest.v2+json";

    private final RegistryCredentials credentials;
    private final Duration patience;
    private final HttpClient client;

    /**
     * For one question about some images.
     *
     * @param patience most time that all of it may take
     */
    public ImageRegistries(RegistryCredentials credentials, Duration patience) {
        this.credentials = credentials;
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * Asks for each image, all at once.
     *
     * @param images as nodes name them in the status of a pod, {@code NAME@sha256:…}
     * @return what is known, by image
     */
    public Map<String, ImageAnswer> ask(Collection<String> images) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        Map<String, FutureTask<ImageAnswer>> asked = new LinkedHashMap<>();
        for (String image : new TreeSet<>(images)) {
            FutureTask<ImageAnswer> answer = new FutureTask<>(() -> ask(image));
            Thread.ofVirtual().name("image " + image).start(answer);
            asked.put(image, answer);
        }
        Map<String, ImageAnswer> answers = new LinkedHashMap<>();
        for (Map.Entry<String, FutureTask<ImageAnswer>> each : asked.entrySet()) {
            answers.put(each.getKey(), await(each.getValue(), end - System.nanoTime()));
        }
        return answers;
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }

    private ImageAnswer await(FutureTask<ImageAnswer> answer, long left) throws InterruptedException {
        try {
            return answer.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            return ImageAnswer.unknown("its registry did not answer within " + patience.toSeconds() + " s");
        } catch (ExecutionException e) {
            return ImageAnswer.unknown("asking its registry ended with " + e.getCause());
        }
    }

    private ImageAnswer ask(String text) throws InterruptedException {
        Optional<ImageName> name = ImageName.of(text);
        if (name.isEmpty()) {
            return ImageAnswer.unknown("the run's node did not say the digest under which a registry has it");
        }
        ImageName image = name.get();
        try {
            String manifest =
                    BASE + image.repository() + "/manifests/" + image.digest().value();
            HttpResponse<byte[]> answer = authorized(image, manifest);
            return switch (answer.statusCode()) {
                case FOUND -> found(image, answer);
                case MISSING -> missing(image);
                case UNAUTHORIZED, FORBIDDEN ->
                    ImageAnswer.unknown(
                            image.registry() + " tells only those who may know it (" + answer.statusCode() + ")");
                default -> ImageAnswer.unknown(image.registry() + " answered " + answer.statusCode());
            };
        } catch (IOException | IllegalArgumentException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return ImageAnswer.unknown(image.registry() + " could not be asked: " + why);
        }
    }

    private static ImageAnswer found(ImageName image, HttpResponse<byte[]> answer) {
        String digest = answer.headers().firstValue("Docker-Content-Digest").orElse("");
        return digest.isEmpty() || digest.equals(image.digest().value())
                ? new ImageAnswer(ImageAnswer.State.THERE, "")
                : ImageAnswer.unknown(image.registry() + " answered with another digest");
    }

    /** Only a registry's 404 counts: anything on the way may answer so too, but has no base of the API. */
    private ImageAnswer missing(ImageName image) throws IOException, InterruptedException {
        int base = authorized(image, BASE).statusCode();
        return base == FOUND
                ? new ImageAnswer(ImageAnswer.State.GONE, image.registry() + " does not have it any more")
                : ImageAnswer.unknown(image.registry() + " answered 404, and " + base + " to whether it is a registry");
    }

    /** The answer to a request without credentials, or else with those that the registry asks for. */
    private HttpResponse<byte[]> authorized(ImageName image, String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = head(image, path, "");
        if (answer.statusCode() != UNAUTHORIZED) {
            return answer;
        }
        for (Challenge challenge : challenges(answer)) {
            Optional<String> authorization =
                    challenge.scheme().equals("bearer") ? token(image, challenge) : credentials.basic(image);
            if (authorization.isPresent()) {
                return head(image, path, authorization.get());
            }
        }
        return answer;
    }

    private static List<Challenge> challenges(HttpResponse<byte[]> answer) {
        List<Challenge> challenges = new ArrayList<>();
        answer.headers()
                .allValues("WWW-Authenticate")
                .forEach(header -> Challenge.of(header).ifPresent(challenges::add));
        return challenges;
    }

    /** A token for reading, for whom there are credentials or for anybody. */
    private Optional<String> token(ImageName image, Challenge challenge) throws IOException, InterruptedException {
        URI realm = URI.create(challenge.parameter("realm"));
        String authority = realm.getRawAuthority();
        if (authority == null || !("https".equals(realm.getScheme()) || ImageName.loopback(authority))) {
            throw new IOException("it wants a token of " + realm + ", which is not asked without TLS");
        }
        String scope = challenge.parameter("scope");
        String query = "service=" + encoded(challenge.parameter("service")) + "&scope="
                + encoded(scope.isEmpty() ? "repository:" + image.repository() + ":pull" : scope);
        URI address = URI.create(realm + (realm.getRawQuery() == null ? "?" : "&") + query);
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(patience);
        credentials.basic(image).ifPresent(basic -> request.header("Authorization", basic));
        HttpResponse<byte[]> answer = send(request.GET().build());
        if (answer.statusCode() != FOUND) {
            return Optional.empty();
        }
        try {
            Map<String, @Nullable Object> tree = Json.parseObject(answer.body());
            String token = Tree.text(tree, "token");
            String given = token.isEmpty() ? Tree.text(tree, "access_token") : token;
            return given.isEmpty() ? Optional.empty() : Optional.of("Bearer " + given);
        } catch (JsonException e) {
            throw new IOException("the token of " + realm + " cannot be read: " + e.getMessage(), e);
        }
    }

    private HttpResponse<byte[]> head(ImageName image, String path, String authorization)
            throws IOException, InterruptedException {
        URI address = URI.create(image.address() + path);
        String method = path.equals(BASE) ? "GET" : "HEAD";
        HttpResponse<byte[]> answer = send(request(address, method, authorization));
        for (int i = 0; i < MAX_REDIRECTS && answer.statusCode() / 100 == 3; i++) {
            URI next = address.resolve(answer.headers().firstValue("Location").orElse(""));
            String authority = next.getAuthority();
            boolean may = authority != null && ("https".equals(next.getScheme()) || ImageName.loopback(authority));
            if (next.equals(address) || !may) {
                break;
            }
            address = next;
            answer = send(request(address, method, "")); // What is for one host is not for another.
        }
        return answer;
    }

    private HttpRequest request(URI address, String method, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(patience)
                .header("Accept", MANIFESTS)
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return request.build();
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
