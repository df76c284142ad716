package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.SyncId;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cluster: orders are custom resources and Workflows, written with the person's own rights; what only the controller knows is asked over
 * its HTTP.
 */
final class ClusterApi implements Api {

    /** Syncs of a namespace that are asked for their runs at most when none is named. */
    private static final int MOST_ASKED = 20;

    private final ClusterPlace place;
    private final ClusterSyncs syncs;
    private final ClusterQuestions questions;
    private final ClusterRuns runs;
    private final PrintWriter err;

    ClusterApi(ClusterPlace place, ClusterSyncs syncs, ClusterQuestions questions, PrintWriter err) {
        this.place = place;
        this.syncs = syncs;
        this.questions = questions;
        this.runs = new ClusterRuns(place);
        this.err = err;
    }

    @Override
    public Map<String, @Nullable Object> status() {
        return syncs.status();
    }

    @Override
    public Map<String, @Nullable Object> syncs() {
        return syncs.list();
    }

    /** Where the controller cannot be asked, the newest revisions stand in the status of the custom resource. */
    @Override
    public Map<String, @Nullable Object> history(int limit) {
        try {
            return questions.get(syncs.chosen(), "/history?limit=" + limit);
        } catch (CommandException e) {
            if (e.exitCode() != CommandException.ENVIRONMENT) {
                throw e;
            }
            Map<String, @Nullable Object> revisions = syncs.revisions();
            err.println("plumbline: " + e.getMessage());
            err.println(
                    "plumbline: these are the newest applied revisions, as the status of the PipelineSync shows them");
            err.flush();
            return revisions;
        }
    }

    @Override
    public Map<String, @Nullable Object> plan() {
        return questions.get(syncs.chosen(), "/plan");
    }

    @Override
    public Map<String, @Nullable Object> blame(String object) {
        return questions.get(syncs.chosen(), "/blame?object=" + ApiClient.part(object));
    }

    @Override
    public Map<String, @Nullable Object> templates() {
        return questions.get(syncs.chosen(), "/templates");
    }

    @Override
    public Map<String, @Nullable Object> models(String choice) {
        return questions.get(syncs.chosen(), "/models" + choice);
    }

    @Override
    public Map<String, @Nullable Object> recorded(String choice) {
        return questions.get(syncs.chosen(), "/recorded" + choice);
    }

    @Override
    public Map<String, @Nullable Object> impact(String range) {
        return questions.get(syncs.chosen(), "/impact/" + ApiClient.part(range));
    }

    @Override
    public Map<String, @Nullable Object> compare(String one, String other) {
        return questions.get(syncs.chosen(), "/compare/" + ApiClient.part(one) + "/" + ApiClient.part(other));
    }

    @Override
    public Map<String, @Nullable Object> provenance(String subject) {
        return questions.get(syncs.chosen(), "/provenance/" + ApiClient.part(subject));
    }

    /** The values are not sent: where they are used the controller sees them, and the records of both runs tell whether they agree. */
    @Override
    public Map<String, @Nullable Object> rerun(String subject, Map<String, String> parameters) {
        return questions.get(syncs.chosen(), "/rerun/" + ApiClient.part(subject));
    }

    @Override
    public Map<String, @Nullable Object> suspend(boolean suspend) {
        return syncs.suspend(suspend);
    }

    @Override
    public Map<String, @Nullable Object> reconcile(String confirm) {
        return syncs.reconcile(confirm);
    }

    @Override
    public Map<String, @Nullable Object> rollback(long to, String reason, boolean removed) {
        return syncs.rollback(to, reason, removed);
    }

    @Override
    public Map<String, @Nullable Object> revert(String commit) {
        Map<String, @Nullable Object> sync = syncs.status();
        throw place.error(
                CommandException.ENVIRONMENT,
                "a controller never writes to the repository " + sync.get("url") + "; in a clone of it: git revert "
                        + commit
                        + " && git push; or, when Git is not fast enough: plumbline rollback "
                        + syncs.chosen().name() + " -n " + place.namespace() + " --reason …");
    }

    /**
     * Workflows of the namespace with what is recorded of them, and recorded ones that are gone: of the sync that is named, or of all
     * syncs. Where none is named the Workflows are listed too when nobody can be asked what is recorded.
     */
    @Override
    public Map<String, @Nullable Object> runs(int limit) {
        Map<String, Map<String, @Nullable Object>> recorded = new LinkedHashMap<>();
        boolean more = false;
        if (syncs.named()) {
            more = recorded(syncs.chosen(), limit, recorded);
        } else {
            try {
                for (SyncId sync : syncs.some(MOST_ASKED)) {
                    more |= recorded(sync, limit, recorded);
                }
            } catch (CommandException e) {
                err.println("plumbline: " + e.getMessage());
                err.println("plumbline: so not every run that ended is listed with its verdict");
                err.flush();
            }
        }
        Map<String, @Nullable Object> list = runs.list(recorded, limit);
        if (more) {
            list.put("more", true);
        }
        return list;
    }

    /** Adds what is recorded of a sync's runs, by uid; whether there is more. */
    private boolean recorded(SyncId sync, int limit, Map<String, Map<String, @Nullable Object>> recorded) {
        Map<String, @Nullable Object> answer = questions.get(sync, "/recorded?limit=" + limit);
        Tree.maps(answer, "runs").forEach(run -> recorded.putIfAbsent(Tree.text(run, "uid"), run));
        return Boolean.TRUE.equals(answer.get("more"));
    }

    @Override
    public Map<String, @Nullable Object> run(String name) {
        return runs.get(name);
    }

    @Override
    public Map<String, @Nullable Object> logs(String name) {
        return runs.logs(name);
    }

    @Override
    public Map<String, @Nullable Object> start(String template, Map<String, String> parameters) {
        return runs.start(template, parameters);
    }

    @Override
    public Map<String, @Nullable Object> submit(
            Map<String, @Nullable Object> workflow, Map<String, String> parameters) {
        return runs.submit(workflow, parameters);
    }

    @Override
    public Map<String, @Nullable Object> stop(String name, boolean terminate) {
        return runs.stop(name, terminate);
    }

    @Override
    public Map<String, @Nullable Object> retry(String name, Map<String, String> parameters) {
        return runs.retry(name, parameters);
    }

    @Override
    public Map<String, @Nullable Object> resume(String name, Map<String, String> parameters, String node) {
        return runs.resume(name, parameters, node);
    }

    @Override
    public Map<String, @Nullable Object> resubmit(String name, Map<String, String> parameters) {
        return runs.resubmit(name, parameters);
    }

    @Override
    public Map<String, @Nullable Object> crons() {
        return new ClusterCrons(place).list();
    }

    @Override
    public Map<String, @Nullable Object> suspendCron(String name, boolean suspend) {
        return new ClusterCrons(place).suspend(name, suspend);
    }

    @Override
    public void close() {
        place.cluster().close();
    }
}
