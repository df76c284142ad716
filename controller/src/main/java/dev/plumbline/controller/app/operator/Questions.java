package dev.plumbline.controller.app.operator;

import dev.plumbline.controller.app.answers.Answer;
import dev.plumbline.controller.app.answers.AskedSync;
import dev.plumbline.controller.app.answers.RecordAnswers;
import dev.plumbline.controller.app.answers.RerunAnswers;
import dev.plumbline.controller.app.answers.SyncAnswers;
import dev.plumbline.controller.app.answers.TemplateAnswers;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.web.ApiException;
import dev.plumbline.controller.web.ApiRequest;
import dev.plumbline.controller.web.Route;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * What may be asked about the syncs of a cluster, by whom. Nothing is changed over HTTP: a change is a custom resource, which the API
 * server authorizes itself.
 */
final class Questions {

    /** Where questions about one sync begin. */
    private static final String SYNC = "/api/v1/namespaces/{namespace}/syncs/{sync}";

    /** Callers who are looked at, at one time. */
    private static final int REVIEWS = 32;

    /** Questions about the syncs of one namespace that are answered at one time: a plan renders, and waits for an apply to end. */
    private static final int OF_A_NAMESPACE = 4;

    private final Callers callers;
    private final Syncs syncs;
    private final Semaphore reviews = new Semaphore(REVIEWS);
    private final Map<String, Integer> busy = new ConcurrentHashMap<>();

    Questions(Callers callers, Syncs syncs) {
        this.callers = callers;
        this.syncs = syncs;
    }

    /** The syncs that this program serves. */
    @FunctionalInterface
    interface Syncs {

        /**
         * One of them.
         *
         * @throws ApiException when it does not run here, with the reason
         */
        AskedSync of(SyncId id) throws ApiException;
    }

    List<Route> routes() {
        return List.of(
                route("", (sync, request) -> new SyncAnswers(sync).status(request)),
                route("/history", (sync, request) -> new SyncAnswers(sync).history(request)),
                route("/plan", (sync, request) -> new SyncAnswers(sync).plan(request)),
                route("/blame", (sync, request) -> new SyncAnswers(sync).blame(request)),
                route("/templates", (sync, request) -> new TemplateAnswers(sync).templates(request)),
                route("/recorded", (sync, request) -> new RecordAnswers(sync).recorded(request)),
                route("/models", (sync, request) -> new RecordAnswers(sync).models(request)),
                route("/impact/{range}", (sync, request) -> new RecordAnswers(sync).impact(request)),
                route("/compare/{one}/{other}", (sync, request) -> new RecordAnswers(sync).compare(request)),
                route("/rerun/{subject}", (sync, request) -> new RerunAnswers(sync, null).plan(request)),
                route("/provenance/{subject}", (sync, request) -> new RecordAnswers(sync).provenance(request)));
    }

    /** A question about a sync. */
    @FunctionalInterface
    private interface Question {
        @Nullable
        Object about(AskedSync sync, ApiRequest request)
                throws ApiException, SourceException, StoreException, ClusterException;
    }

    private Route route(String path, Question question) {
        Answer answer = request -> question.about(syncs.of(id(request)), request);
        Route.Handler handler = answer.handler();
        return Route.get(SYNC + path, request -> inTurn(handler, request));
    }

    private @Nullable Object inTurn(Route.Handler handler, ApiRequest request) throws ApiException {
        SyncId id = id(request);
        if (!reviews.tryAcquire()) {
            throw new ApiException(503, REVIEWS + " callers are being looked at; try again in a moment");
        }
        try {
            callers.mayRead(request.token(), id);
        } finally {
            reviews.release();
        }
        if (busy.merge(id.namespace(), 1, Integer::sum) > OF_A_NAMESPACE) {
            leave(id);
            throw new ApiException(
                    503,
                    OF_A_NAMESPACE + " questions about the namespace " + id.namespace()
                            + " are being answered; try again in a moment");
        }
        try {
            return handler.answer(request);
        } finally {
            leave(id);
        }
    }

    private void leave(SyncId id) {
        busy.computeIfPresent(id.namespace(), (namespace, now) -> now > 1 ? now - 1 : null);
    }

    private static SyncId id(ApiRequest request) throws ApiException {
        try {
            return new SyncId(request.part("namespace"), request.part("sync"));
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest(String.valueOf(e.getMessage()));
        }
    }
}
