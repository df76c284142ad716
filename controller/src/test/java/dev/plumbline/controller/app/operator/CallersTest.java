package dev.plumbline.controller.app.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.apply.ClusterWriter;
import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.web.ApiException;
import dev.plumbline.controller.web.ApiRequest;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.SyncId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is remembered of callers, for how long, and what happens when the API server cannot be asked. */
class CallersTest {

    private static final SyncId SYNC = new SyncId("team-a", "pipelines");
    private static final ApiRequest.Token GOOD = new ApiRequest.Token("good.secret.token");

    private final Reviews reviews = new Reviews();
    private Instant now = Instant.parse("2026-11-26T10:00:00Z");
    private final Callers callers = new Callers(reviews, () -> now);

    /** An API server that knows the tokens that begin with "good", and lets whom it knows see team-a. */
    private static final class Reviews implements ClusterWriter {

        private final List<String> asked = new ArrayList<>();
        private boolean away;
        private boolean allows = true;
        private String audience = Callers.AUDIENCE;

        @Override
        public Map<String, @Nullable Object> create(Map<String, @Nullable Object> content, String manager)
                throws ClusterException {
            String kind = Tree.text(content, "kind");
            asked.add(kind);
            if (away) {
                throw new ClusterException(ClusterException.Reason.UNAVAILABLE, null, "away while asking " + content);
            }
            Map<String, @Nullable Object> answer = new LinkedHashMap<>(content);
            if (kind.equals("TokenReview")) {
                boolean known = Tree.text(content, "spec", "token").startsWith("good");
                Tree.set(answer, known, "status", "authenticated");
                Tree.set(answer, List.of(audience), "status", "audiences");
                Tree.set(answer, "ann", "status", "user", "username");
                Tree.set(answer, List.of("ml"), "status", "user", "groups");
            } else {
                assertEquals("ann", Tree.text(content, "spec", "user"));
                assertEquals(List.of("ml"), Tree.list(content, "spec", "groups"));
                Map<String, @Nullable Object> what = Tree.map(content, "spec", "resourceAttributes");
                assertEquals(
                        "get plumbline.dev pipelinesyncs",
                        what.get("verb") + " " + what.get("group") + " " + what.get("resource"));
                Tree.set(answer, allows && "team-a".equals(what.get("namespace")), "status", "allowed");
            }
            return answer;
        }

        @Override
        public Map<String, @Nullable Object> apply(
                Map<String, @Nullable Object> content, String manager, boolean force, boolean dryRun) {
            throw new AssertionError("callers are only reviewed");
        }

        @Override
        public Map<String, @Nullable Object> mergePatch(
                ObjectKey key, Map<String, @Nullable Object> patch, String manager) {
            throw new AssertionError("callers are only reviewed");
        }

        @Override
        public void delete(ObjectKey key, DeleteOptions options) {
            throw new AssertionError("callers are only reviewed");
        }
    }

    private ApiException refused(int status, ApiRequest.Token token, SyncId sync) {
        ApiException refusal = assertThrows(ApiException.class, () -> callers.mayRead(token, sync));
        assertEquals(status, refusal.status(), refusal.getMessage());
        assertFalse(String.valueOf(refusal.getMessage()).contains("secret"), refusal.getMessage());
        return refusal;
    }

    @Test
    void whatWasAllowedIsRememberedForAMomentAndNoLonger() throws Exception {
        callers.mayRead(GOOD, SYNC);
        now = now.plusSeconds(29);
        callers.mayRead(GOOD, SYNC);
        assertEquals(List.of("TokenReview", "SubjectAccessReview"), reviews.asked);
        callers.mayRead(GOOD, new SyncId("team-a", "other"));
        assertEquals(3, reviews.asked.size(), "who it is was known");
        now = now.plusSeconds(1);
        reviews.allows = false;
        refused(403, GOOD, SYNC);
        refused(403, GOOD, new SyncId("team-a", "other"));
    }

    @Test
    void aRefusalIsNotRemembered() throws Exception {
        reviews.allows = false;
        refused(403, GOOD, SYNC);
        reviews.allows = true;
        callers.mayRead(GOOD, SYNC);
        refused(403, GOOD, new SyncId("team-b", "pipelines"));
    }

    @Test
    void nobodyIsLetInWhereNobodyCanBeAsked() throws Exception {
        reviews.away = true;
        assertTrue(String.valueOf(refused(503, GOOD, SYNC).getMessage()).contains("who you are"));
        reviews.away = false;
        callers.mayRead(GOOD, SYNC);
        now = now.plus(Callers.REMEMBERED);
        reviews.away = true;
        refused(503, GOOD, SYNC);
    }

    @Test
    void aTokenThatIsNotForUsOpensNothing() {
        refused(401, new ApiRequest.Token(""), SYNC);
        refused(401, new ApiRequest.Token("forged.secret.token"), SYNC);
        refused(401, new ApiRequest.Token("good.secret" + "x".repeat(20_000)), SYNC);
        reviews.audience = "https://kubernetes.default.svc"; // A server that does not know audiences answers so.
        refused(401, GOOD, SYNC);
        assertEquals("a token", GOOD.toString());
    }

    @Test
    void noMoreIsRememberedThanTheBound() throws Exception {
        for (int i = 0; i < Callers.MOST_REMEMBERED; i++) {
            callers.mayRead(new ApiRequest.Token("good" + i), SYNC);
        }
        int before = reviews.asked.size();
        callers.mayRead(new ApiRequest.Token("good0"), SYNC);
        assertEquals(before + 2, reviews.asked.size(), "the oldest were forgotten");
    }
}
