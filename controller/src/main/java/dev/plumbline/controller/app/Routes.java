package dev.plumbline.controller.app;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.web.ApiException;
import dev.plumbline.controller.web.ApiRequest;
import dev.plumbline.controller.web.Route;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that the API answers, in one list. */
final class Routes {

    private Routes() {}

    static List<Route> of(Engine engine) {
        SyncRoutes sync = new SyncRoutes(engine);
        RunRoutes runs = new RunRoutes(engine);
        List<Route> routes = new ArrayList<>(List.of(
                Route.get("/healthz", request -> new Route.Text("text/plain", "ok\n")),
                Route.get("/readyz", Routes.of(sync::ready)),
                Route.get(
                        "/metrics",
                        request -> new Route.Text(
                                "text/plain; version=0.0.4; charset=utf-8",
                                engine.metrics().text())),
                Route.get("/api/v1/sync", of(sync::status)),
                Route.post("/api/v1/sync/suspend", of(request -> sync.suspend(request, true))),
                Route.post("/api/v1/sync/resume", of(request -> sync.suspend(request, false))),
                Route.post("/api/v1/sync/reconcile", of(sync::reconcile)),
                Route.get("/api/v1/history", of(sync::history)),
                Route.get("/api/v1/plan", of(sync::plan)),
                Route.get("/api/v1/blame", of(sync::blame)),
                Route.post("/api/v1/rollback", of(sync::rollback)),
                Route.post("/api/v1/revert", of(sync::revert)),
                Route.get("/api/v1/templates", of(runs::templates)),
                Route.get("/api/v1/runs", of(runs::list)),
                Route.post("/api/v1/runs", of(runs::start)),
                Route.get("/api/v1/runs/{name}", of(runs::get)),
                Route.get("/api/v1/runs/{name}/logs", of(runs::logs))));
        routes.addAll(questions(engine));
        return List.copyOf(routes);
    }

    /** Questions about what is recorded. */
    private static List<Route> questions(Engine engine) {
        QuestionRoutes questions = new QuestionRoutes(engine);
        return List.of(
                Route.get("/api/v1/models", of(questions::models)),
                Route.get("/api/v1/recorded", of(questions::recorded)),
                Route.get("/api/v1/impact/{range}", of(questions::impact)),
                Route.get("/api/v1/compare/{one}/{other}", of(questions::compare)),
                Route.get("/api/v1/provenance/{subject}", of(questions::provenance)),
                Route.get(
                        "/api/v1/verify/{subject}",
                        of(request -> engine.recording().gate().check(request))));
    }

    /** An answer that may fail at a door. */
    @FunctionalInterface
    interface Answer {
        @Nullable
        Object to(ApiRequest request) throws ApiException, SourceException, StoreException, ClusterException;
    }

    /** A handler that tells the caller which door failed, and why. */
    static Route.Handler of(Answer answer) {
        return request -> {
            try {
                return answer.to(request);
            } catch (SourceException | StoreException | ClusterException e) {
                throw new ApiException(503, String.valueOf(e.getMessage()));
            }
        };
    }

    /** An object of an answer: names and values in turn. */
    static Map<String, @Nullable Object> map(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return map;
    }
}
