package dev.plumbline.controller.app.operator;

import static dev.plumbline.controller.app.answers.Answer.map;

import dev.plumbline.controller.apply.ClusterWriter;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.spec.PipelineSync;
import dev.plumbline.controller.web.ApiException;
import dev.plumbline.controller.web.ApiRequest;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.SyncId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, as the API server's TokenReview says, and what they may see, as its SubjectAccessReview says. Only what was allowed is
 * remembered, and only for a moment; where the API server cannot be asked nobody is let in.
 */
final class Callers {

    /** The audience that a token must be made for: one that opens the API server too would lend us its holder's rights. */
    static final String AUDIENCE = "plumbline";

    /** How long a permission outlives its withdrawal at most. */
    static final Duration REMEMBERED = Duration.ofSeconds(30);

    /** Tokens, and pairs of a token and a sync, that are remembered at most. */
    static final int MOST_REMEMBERED = 1000;

    /** Longest token that is looked at, in characters. */
    private static final int MAX_TOKEN = 16 * 1024;

    private static final String MANAGER = "plumbline";

    private final ClusterWriter cluster;
    private final InstantSource clock;
    private final Map<String, Known> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /** Asks this cluster, with the rights of the program. */
    Callers(ClusterWriter cluster, InstantSource clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    /** Who a token stands for, as it was told when it was asked, and until when that is believed. */
    private record Known(Map<String, @Nullable Object> user, Instant until) {}

    /**
     * Lets a caller read a sync, or says why not.
     *
     * @throws ApiException 401 without a good token, 403 without the right, 503 when the API server does not say
     */
    void mayRead(ApiRequest.Token token, SyncId sync) throws ApiException {
        String caller = fingerprint(token);
        String access = caller + " " + sync;
        if (remembered(access) != null) {
            return;
        }
        Known before = remembered(caller);
        Known identity = before == null ? authenticate(token) : before;
        remember(caller, identity);
        Map<String, @Nullable Object> user = identity.user;
        Map<String, @Nullable Object> review = review("authorization.k8s.io/v1", "SubjectAccessReview");
        Map<String, @Nullable Object> spec = map(
                "user", user.get("username"),
                "uid", user.get("uid"),
                "groups", user.get("groups"),
                "extra", user.get("extra"),
                "resourceAttributes",
                        map(
                                "verb",
                                "get",
                                "group",
                                PipelineSync.GROUP,
                                "resource",
                                "pipelinesyncs",
                                "namespace",
                                sync.namespace(),
                                "name",
                                sync.name()));
        spec.values().removeIf(value -> value == null);
        review.put("spec", spec);
        if (!Boolean.TRUE.equals(Tree.at(ask(review, "what you may see"), "status", "allowed"))) {
            throw new ApiException(
                    403,
                    user.get("username") + " may not get pipelinesyncs in the namespace " + sync.namespace()
                            + "; grant the ClusterRole plumbline-view there");
        }
        remember(access, identity);
    }

    private Known authenticate(ApiRequest.Token token) throws ApiException {
        Instant until = clock.instant().plus(REMEMBERED);
        Map<String, @Nullable Object> review = review("authentication.k8s.io/v1", "TokenReview");
        Tree.set(review, token.value(), "spec", "token");
        Tree.set(review, List.of(AUDIENCE), "spec", "audiences");
        Map<String, @Nullable Object> status = Tree.map(ask(review, "who you are"), "status");
        boolean authenticated = Boolean.TRUE.equals(status.get("authenticated"))
                && Tree.list(status, "audiences").contains(AUDIENCE)
                && !Tree.text(status, "user", "username").isEmpty();
        if (!authenticated) {
            throw refused("the token is not one that this cluster made for the audience " + AUDIENCE);
        }
        return new Known(Tree.map(status, "user"), until);
    }

    private Map<String, @Nullable Object> ask(Map<String, @Nullable Object> review, String what) throws ApiException {
        try {
            return cluster.create(review, MANAGER);
        } catch (ClusterException e) {
            // Its words stay here: a server may repeat what it was sent.
            throw new ApiException(
                    503,
                    "the API server does not say " + what + " (" + review.get("kind") + ": " + e.reason()
                            + "); try again later");
        }
    }

    private static Map<String, @Nullable Object> review(String apiVersion, String kind) {
        return map("apiVersion", apiVersion, "kind", kind);
    }

    private static String fingerprint(ApiRequest.Token token) throws ApiException {
        if (token.value().isEmpty()) {
            throw refused("no token was sent");
        }
        if (token.value().length() > MAX_TOKEN) {
            throw refused("the token is longer than " + MAX_TOKEN + " characters");
        }
        return Digest.of(token.value().getBytes(StandardCharsets.UTF_8)).value();
    }

    private static ApiException refused(String why) {
        return new ApiException(
                401,
                why + "; send one made by: kubectl -n NAMESPACE create token plumbline-cli --audience " + AUDIENCE);
    }

    private synchronized @Nullable Known remembered(String what) {
        Known found = known.get(what);
        if (found != null && !clock.instant().isBefore(found.until)) {
            known.remove(what);
            return null;
        }
        return found;
    }

    private synchronized void remember(String what, Known identity) {
        known.put(what, identity);
    }
}
