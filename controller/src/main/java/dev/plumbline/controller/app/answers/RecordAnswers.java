package dev.plumbline.controller.app.answers;

import static dev.plumbline.controller.app.answers.Answer.map;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.controller.web.ApiException;
import dev.plumbline.controller.web.ApiRequest;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.query.RunChoice;
import dev.plumbline.registry.query.RunQueries;
import dev.plumbline.registry.query.RunSelections;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is answered from the records of a sync's runs: lists, choices, comparisons, and what a revert would touch. */
public final class RecordAnswers {

    private static final String ARGO = "argoproj.io";

    private final AskedSync asked;

    /** Answers about this sync. */
    public RecordAnswers(AskedSync asked) {
        this.asked = asked;
    }

    /**
     * Models that runs made, newest first; {@code commit}, {@code verdict} and {@code since} choose among them.
     *
     * @throws ApiException when it cannot be answered
     * @throws SourceException when Git cannot be read
     * @throws StoreException when the store cannot be read
     */
    public Object models(ApiRequest request) throws ApiException, SourceException, StoreException {
        return map("models", chosen(request, selections()::models));
    }

    /**
     * Recorded runs, newest first, chosen likewise.
     *
     * @throws ApiException when it cannot be answered
     * @throws SourceException when Git cannot be read
     * @throws StoreException when the store cannot be read
     */
    public Object recorded(ApiRequest request) throws ApiException, SourceException, StoreException {
        return map("runs", chosen(request, selections()::runs));
    }

    /**
     * What a revert of the commits of {@code range} would touch.
     *
     * @throws ApiException when it cannot be answered
     * @throws SourceException when Git cannot be read
     * @throws StoreException when the store cannot be read
     * @throws ClusterException when the cluster cannot be asked
     */
    public Object impact(ApiRequest request) throws ApiException, SourceException, StoreException, ClusterException {
        String question = request.part("range");
        Map<String, @Nullable Object> answer = selections().impact(question).orElseThrow(noCommit(question));
        answer.put("running", running(answer));
        return answer;
    }

    /**
     * How the models {@code one} and {@code other} differ.
     *
     * @throws ApiException when it cannot be answered
     * @throws SourceException when Git cannot be read
     * @throws StoreException when the store cannot be read
     */
    public Object compare(ApiRequest request) throws ApiException, SourceException, StoreException {
        return selections()
                .compare(request.part("one"), request.part("other"))
                .orElseThrow(() -> ApiException.notFound("no recorded run made " + request.part("one") + " or "
                        + request.part("other") + "; `plumbline models` lists what is"));
    }

    /**
     * Which commit made the {@code subject}, or what it made.
     *
     * @throws ApiException when it cannot be answered
     * @throws SourceException when Git cannot be read
     * @throws StoreException when the store cannot be read
     */
    public Object provenance(ApiRequest request) throws ApiException, SourceException, StoreException {
        String subject = request.part("subject");
        return queries()
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
        for (String namespace : asked.namespaces()) {
            for (Map<String, @Nullable Object> workflow : asked.cluster()
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
        RunChoice wanted;
        try {
            wanted =
                    RunChoice.of(request.query("commit", ""), request.query("verdict", ""), request.query("since", ""));
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest(String.valueOf(e.getMessage()));
        }
        return choice.of(wanted).orElseThrow(noCommit(wanted.commit()));
    }

    private static Supplier<ApiException> noCommit(String question) {
        return () -> ApiException.notFound("the repository has no commits " + question
                + "; name one by its id, or R1..R2 with R1 on the first-parent line of R2");
    }

    private RunSelections selections() throws ApiException {
        return new RunSelections(queries());
    }

    private RunQueries queries() throws ApiException {
        RunQueries queries = asked.runs();
        if (queries == null) {
            throw new ApiException(
                    501, "the runs of " + asked.sync().spec().id() + " are not recorded by this controller");
        }
        return queries;
    }

    /** One of the two lists. */
    private interface Choice {
        Optional<List<Map<String, @Nullable Object>>> of(RunChoice wanted) throws StoreException, SourceException;
    }
}
