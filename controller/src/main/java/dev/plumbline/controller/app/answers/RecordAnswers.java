package dev.plumbline.controller.app.answers;

import static dev.plumbline.controller.app.answers.Answer.map;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.controller.web.ApiException;
import dev.plumbline.controller.web.ApiRequest;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.query.RunChoice;
import dev.plumbline.registry.query.RunQueries;
import dev.plumbline.registry.query.RunSelections;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is answered from the records of a sync's runs: lists, choices, comparisons, and what a revert would touch. */
public final class RecordAnswers {

    private static final String ARGO = "argoproj.io";
    /** How many are listed where nobody says how many. */
    public static final int LISTED = 500;

    /** Most that are listed. */
    public static final int MAX_LISTED = 100_000;

    private static final Pattern LIMIT = Pattern.compile("[1-9][0-9]{0,5}");

    private final AskedSync asked;

    /** Answers about this sync. */
    public RecordAnswers(AskedSync asked) {
        this.asked = asked;
    }

    /**
     * Models that runs made, newest first; {@code commit}, {@code verdict} and {@code since} choose among them. No more than
     * {@code limit} are listed, and {@code more} says whether there are more.
     *
     * @throws ApiException when it cannot be answered
     * @throws SourceException when Git cannot be read
     * @throws StoreException when the store cannot be read
     */
    public Object models(ApiRequest request) throws ApiException, SourceException, StoreException {
        return chosen(request, "models", selections()::models);
    }

    /**
     * Recorded runs, newest first, chosen likewise.
     *
     * @throws ApiException when it cannot be answered
     * @throws SourceException when Git cannot be read
     * @throws StoreException when the store cannot be read
     */
    public Object recorded(ApiRequest request) throws ApiException, SourceException, StoreException {
        return chosen(request, "runs", selections()::runs);
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
        Set<CommitId> commits = new HashSet<>();
        Tree.list(answer, "ids").forEach(id -> commits.add(new CommitId(String.valueOf(id))));
        answer.remove("ids");
        String before = Tree.text(answer, "before");
        Optional<RevertedObjects> reverted =
                RevertedObjects.of(asked, commits, before.isEmpty() ? null : new CommitId(before));
        Set<String> templates = new TreeSet<>();
        reverted.ifPresent(objects -> templates.addAll(objects.templates()));
        Tree.maps(answer, "runs").forEach(run -> templates.add(Tree.text(run, "template")));
        templates.remove("");
        answer.put("running", running(templates));
        answer.put("schedules", reverted.map(RevertedObjects::schedules).orElse(List.of()));
        Set<String> deployments =
                new TreeSet<>(reverted.map(RevertedObjects::deployments).orElse(List.of()));
        deployments.addAll(serving(Tree.maps(answer, "models")));
        answer.put("deployments", List.copyOf(deployments));
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

    /** InferenceServices that serve one of these models, as their storageUri says. */
    private List<String> serving(List<Map<String, @Nullable Object>> models) throws ClusterException, StoreException {
        Set<String> uris = new TreeSet<>();
        for (Map<String, @Nullable Object> model : models) {
            uris.add(Tree.text(model, "uri"));
            uris.add(Tree.text(model, "source"));
            uris.add("models:/" + Tree.text(model, "name") + "/" + Tree.text(model, "version"));
        }
        uris.remove("");
        List<String> serving = new ArrayList<>();
        for (String namespace : models.isEmpty() ? List.<String>of() : asked.namespaces()) {
            try {
                for (Map<String, @Nullable Object> service : asked.cluster()
                        .list(Selection.of("serving.kserve.io", "InferenceService", namespace))
                        .items()) {
                    if (uris.contains(Tree.text(service, "spec", "predictor", "model", "storageUri"))) {
                        serving.add("InferenceService/" + Tree.text(service, "metadata", "name"));
                    }
                }
            } catch (ClusterException e) {
                if (e.reason() != ClusterException.Reason.NOT_FOUND
                        && e.reason() != ClusterException.Reason.UNSUPPORTED) {
                    throw e; // Not found: there is no KServe in this cluster.
                }
            }
        }
        return serving;
    }

    /** Workflows that go on now and run one of these templates. */
    private List<Object> running(Set<String> templates) throws ClusterException, StoreException {
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

    private static Map<String, @Nullable Object> chosen(ApiRequest request, String name, Choice choice)
            throws ApiException, SourceException, StoreException {
        int limit = limit(request);
        RunChoice wanted;
        try {
            wanted =
                    RunChoice.of(request.query("commit", ""), request.query("verdict", ""), request.query("since", ""));
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest(String.valueOf(e.getMessage()));
        }
        List<Map<String, @Nullable Object>> found = choice.of(wanted, limit + 1).orElseThrow(noCommit(wanted.commit()));
        return newest(name, found, limit);
    }

    /** The first of a list, as an answer that says whether there are {@code more}. */
    public static Map<String, @Nullable Object> newest(String name, List<?> found, int limit) {
        boolean more = found.size() > limit;
        return map(name, more ? found.subList(0, limit) : found, "more", more);
    }

    /**
     * How many are asked for.
     *
     * @throws ApiException when that is no number, or too many
     */
    public static int limit(ApiRequest request) throws ApiException {
        String limit = request.query("limit", String.valueOf(LISTED));
        if (!LIMIT.matcher(limit).matches() || Integer.parseInt(limit) > MAX_LISTED) {
            throw ApiException.badRequest("limit=" + limit + " is no number from 1 to " + MAX_LISTED);
        }
        return Integer.parseInt(limit);
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
        Optional<List<Map<String, @Nullable Object>>> of(RunChoice wanted, int limit)
                throws StoreException, SourceException;
    }
}
