package dev.plumbline.controller.app;

import static dev.plumbline.controller.app.Routes.map;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.controller.web.ApiException;
import dev.plumbline.controller.web.ApiRequest;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.query.RunSelections;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the API answers to questions that choose, compare, or ask what a revert would touch. */
final class QuestionRoutes {

    private static final String ARGO = "argoproj.io";

    private final Engine engine;

    QuestionRoutes(Engine engine) {
        this.engine = engine;
    }

    @Nullable
    Object models(ApiRequest request) throws ApiException, SourceException, StoreException {
        return map("models", chosen(request, selections()::models));
    }

    @Nullable
    Object recorded(ApiRequest request) throws ApiException, SourceException, StoreException {
        return map("runs", chosen(request, selections()::runs));
    }

    @Nullable
    Object impact(ApiRequest request) throws ApiException, SourceException, StoreException, ClusterException {
        String question = request.part("range");
        Map<String, @Nullable Object> answer = selections().impact(question).orElseThrow(noCommit(question));
        answer.put("running", running(answer));
        return answer;
    }

    @Nullable
    Object compare(ApiRequest request) throws ApiException, SourceException, StoreException {
        return selections()
                .compare(request.part("one"), request.part("other"))
                .orElseThrow(() -> ApiException.notFound("no recorded run made " + request.part("one") + " or "
                        + request.part("other") + "; `plumbline models` lists what is"));
    }

    @Nullable
    Object provenance(ApiRequest request) throws ApiException, SourceException, StoreException {
        String subject = request.part("subject");
        return engine.recording()
                .queries()
                .provenance(subject)
                .orElseThrow(() -> ApiException.notFound("nothing is recorded of " + subject
                        + "; `plumbline models` and `plumbline runs` list what is"));
    }

    /** Workflows that go on now and use a version of a template that a recorded, touched run used. */
    private List<Object> running(Map<String, @Nullable Object> answer) throws ClusterException, StoreException {
        List<String> templates = Tree.maps(answer, "runs").stream()
                .map(run -> Tree.text(run, "template"))
                .filter(template -> !template.isEmpty())
                .distinct()
                .toList();
        List<Object> running = new ArrayList<>();
        for (String namespace : engine.namespaces()) {
            for (Map<String, @Nullable Object> workflow : engine.cluster()
                    .list(Selection.of(ARGO, "Workflow", namespace))
                    .items()) {
                boolean going = Tree.text(workflow, "status", "finishedAt").isEmpty();
                if (going && templates.contains(Tree.text(workflow, "spec", "workflowTemplateRef", "name"))) {
                    running.add(map("namespace", namespace, "name", Tree.text(workflow, "metadata", "name")));
                }
            }
        }
        return running;
    }

    private static List<Map<String, @Nullable Object>> chosen(ApiRequest request, Choice choice)
            throws ApiException, SourceException, StoreException {
        String commit = request.query("commit", "");
        try {
            return choice.of(commit, request.query("verdict", ""), request.query("since", ""))
                    .orElseThrow(noCommit(commit));
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("there is no verdict " + request.query("verdict", "")
                    + "; there are MATCH, MIXED, STALE, DRIFT, OVERRIDDEN and UNVERIFIABLE");
        }
    }

    private static Supplier<ApiException> noCommit(String question) {
        return () -> ApiException.notFound("the repository has no commits " + question
                + "; name one by its id, or R1..R2 with R1 on the first-parent line of R2");
    }

    private RunSelections selections() {
        return new RunSelections(engine.recording().queries());
    }

    /** One of the two lists. */
    private interface Choice {
        Optional<List<Map<String, @Nullable Object>>> of(String commit, String verdict, String since)
                throws StoreException, SourceException;
    }
}
