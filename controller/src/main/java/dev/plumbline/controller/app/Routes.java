package dev.plumbline.controller.app;

import dev.plumbline.controller.app.answers.Answer;
import dev.plumbline.controller.app.answers.RecordAnswers;
import dev.plumbline.controller.app.answers.RerunAnswers;
import dev.plumbline.controller.app.answers.SyncAnswers;
import dev.plumbline.controller.app.answers.TemplateAnswers;
import dev.plumbline.controller.web.Route;
import java.util.ArrayList;
import java.util.List;

/** Everything that the API of {@code plumbline up} answers, in one list. */
final class Routes {

    private Routes() {}

    static List<Route> of(Engine engine) {
        SyncAnswers answers = new SyncAnswers(engine.asked());
        RecordAnswers records = new RecordAnswers(engine.asked());
        TemplateAnswers templates = new TemplateAnswers(engine.asked());
        SyncRoutes sync = new SyncRoutes(engine, answers);
        RerunAnswers reruns = new RerunAnswers(engine.asked(), engine.secrecy());
        List<Route> all = new ArrayList<>(runs(new RunRoutes(engine), new CronRoutes(engine)));
        all.addAll(List.of(
                Route.get("/healthz", request -> new Route.Text("text/plain", "ok\n")),
                Route.get("/readyz", of(sync::ready)),
                Route.get(
                        "/metrics",
                        request -> new Route.Text(
                                "text/plain; version=0.0.4; charset=utf-8",
                                engine.metrics().text())),
                Route.get("/api/v1/sync", of(answers::status)),
                Route.post("/api/v1/sync/suspend", of(request -> sync.suspend(request, true))),
                Route.post("/api/v1/sync/resume", of(request -> sync.suspend(request, false))),
                Route.post("/api/v1/sync/reconcile", of(sync::reconcile)),
                Route.get("/api/v1/history", of(answers::history)),
                Route.get("/api/v1/plan", of(answers::plan)),
                Route.get("/api/v1/blame", of(answers::blame)),
                Route.post("/api/v1/rollback", of(sync::rollback)),
                Route.post("/api/v1/revert", of(sync::revert)),
                Route.get("/api/v1/templates", of(templates::templates)),
                Route.get("/api/v1/models", of(records::models)),
                Route.get("/api/v1/recorded", of(records::recorded)),
                Route.get("/api/v1/impact/{range}", of(records::impact)),
                Route.get("/api/v1/compare/{one}/{other}", of(records::compare)),
                Route.post("/api/v1/rerun/{subject}", of(reruns::plan)),
                Route.get("/api/v1/provenance/{subject}", of(records::provenance)),
                Route.get(
                        "/api/v1/verify/{subject}",
                        of(request -> engine.recording().gate().check(request)))));
        return all;
    }

    private static List<Route> runs(RunRoutes runs, CronRoutes crons) {
        return List.of(
                Route.get("/api/v1/runs", of(runs::list)),
                Route.post("/api/v1/runs", of(runs::start)),
                Route.get("/api/v1/runs/{name}", of(runs::get)),
                Route.get("/api/v1/runs/{name}/logs", of(runs::logs)),
                Route.post("/api/v1/runs/{name}/resume", of(runs::resume)),
                Route.post("/api/v1/runs/{name}/stop", of(runs::stop)),
                Route.post("/api/v1/runs/{name}/retry", of(runs::retry)),
                Route.post("/api/v1/runs/{name}/resubmit", of(runs::resubmit)),
                Route.get("/api/v1/crons", of(crons::list)),
                Route.post("/api/v1/crons/{name}/suspend", of(request -> crons.suspend(request, true))),
                Route.post("/api/v1/crons/{name}/resume", of(request -> crons.suspend(request, false))));
    }

    private static Route.Handler of(Answer answer) {
        return answer.handler();
    }
}
