package dev.plumbline.controller.app;

import static dev.plumbline.controller.app.answers.Answer.map;

import dev.plumbline.controller.app.answers.SyncAnswers;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.reconcile.Sync;
import dev.plumbline.controller.status.SyncStatus;
import dev.plumbline.controller.web.ApiException;
import dev.plumbline.controller.web.ApiRequest;
import dev.plumbline.controller.web.Route;
import dev.plumbline.registry.git.GitRevert;
import dev.plumbline.registry.git.RevertOrder;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.history.Outcome;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.Person;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What changes the sync of {@code plumbline up}. */
final class SyncRoutes {

    private final Engine engine;
    private final SyncAnswers answers;

    SyncRoutes(Engine engine, SyncAnswers answers) {
        this.engine = engine;
        this.answers = answers;
    }

    @Nullable
    Object ready(ApiRequest request) throws ApiException, SourceException, StoreException, ClusterException {
        SyncStatus status = sync().status();
        if (status.state() == SyncStatus.State.STARTING) {
            throw new ApiException(503, status.message());
        }
        return new Route.Text("text/plain", "ok\n");
    }

    @Nullable
    Object suspend(ApiRequest request, boolean suspended) throws SourceException, StoreException, ClusterException {
        sync().suspend(suspended);
        return answers.status(request);
    }

    @Nullable
    Object reconcile(ApiRequest request) throws ApiException, SourceException, StoreException, ClusterException {
        String confirm = request.text("confirm");
        if (!confirm.isEmpty() && !Digest.is(confirm)) {
            throw ApiException.badRequest(confirm + " is not a digest; copy it from the held plan");
        }
        engine.poller().pollNow();
        sync().reconcile(confirm.isEmpty() ? null : new Digest(confirm));
        return answers.status(request);
    }

    @Nullable
    Object rollback(ApiRequest request) throws ApiException, SourceException, StoreException, ClusterException {
        if (request.text("reason").isBlank()) {
            throw ApiException.badRequest("a rollback needs a reason");
        }
        long to = request.body().get("to") instanceof Long number ? number : 0;
        HistoryEntry entry = sync().rollback(to, request.text("reason"), actor(request))
                .orElseThrow(() -> ApiException.notFound("there is no revision " + (to == 0 ? "before this one" : to)
                        + "; `plumbline history` lists them"));
        if (entry.outcome() != Outcome.APPLIED) {
            throw ApiException.conflict("the rollback was not applied: " + entry.reason());
        }
        return map(
                "revision", entry.revision(),
                "commit", entry.commit().hex(),
                "message",
                        "revision " + entry.revision() + " restores commit "
                                + entry.commit().abbreviated()
                                + "; sync stays on, and the content rolled back from is held until Git brings other content");
    }

    @Nullable
    Object revert(ApiRequest request) throws ApiException, SourceException {
        CommitId bad = engine.source()
                .repository()
                .complete(request.text("commit"))
                .orElseThrow(() ->
                        ApiException.notFound("no commit, or more than one, begins with " + request.text("commit")));
        GitRevert.Made made =
                engine.source().revert(new RevertOrder(sync().spec().branch(), bad, actor(request), Instant.now(), ""));
        engine.poller().pollNow();
        String message = "commit " + made.commit().abbreviated() + " reverts " + bad.abbreviated();
        return map(
                "commit",
                made.commit().hex(),
                "pushedTo",
                made.pushedTo(),
                "notPushed",
                made.notPushed(),
                "message",
                made.pushedTo().isEmpty() ? message : message + ", pushed to " + made.pushedTo());
    }

    private Sync sync() {
        return engine.sync();
    }

    private static Person actor(ApiRequest request) {
        String name = Objects.requireNonNullElse(request.text("actor"), "");
        return new Person(name.isBlank() ? "unknown" : name, "");
    }
}
