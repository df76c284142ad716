package dev.plumbline.controller.cli;

import static dev.plumbline.controller.app.answers.Answer.map;

import dev.plumbline.controller.app.answers.RecordAnswers;
import dev.plumbline.controller.app.answers.WorkflowTrees;
import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.kube.KubeCalls;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.argo.RunResubmission;
import dev.plumbline.registry.argo.RunResume;
import dev.plumbline.registry.argo.RunRetry;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.release.Stamps;
import dev.plumbline.registry.version.Versions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs on a cluster: Workflows of a namespace, read and written with the person's own rights. */
final class ClusterRuns {

    private static final String LATEST = "@latest";

    private final ClusterPlace place;

    /** Logs of steps that ended, by node; they change no more. */
    private final Map<String, String> ended = new HashMap<>();

    ClusterRuns(ClusterPlace place) {
        this.place = place;
    }

    /**
     * All of them, newest first, and then those that are recorded and gone.
     *
     * @param recorded what is recorded of runs, by uid
     * @param limit most that are listed
     */
    Map<String, @Nullable Object> list(Map<String, Map<String, @Nullable Object>> recorded, int limit) {
        Map<String, Map<String, @Nullable Object>> gone = new LinkedHashMap<>(recorded);
        List<Object> runs = new ArrayList<>();
        for (Map<String, @Nullable Object> workflow : workflows()) {
            Map<String, @Nullable Object> run = summary(workflow);
            runs.add(WorkflowTrees.recorded(run, gone.remove(Tree.text(workflow, "metadata", "uid"))));
        }
        runs.addAll(gone.values());
        return RecordAnswers.newest("runs", runs, limit);
    }

    /** One with its steps. */
    Map<String, @Nullable Object> get(String name) {
        Map<String, @Nullable Object> workflow = find(name);
        Map<String, @Nullable Object> run = summary(workflow);
        WorkflowTrees.details(run, workflow);
        return run;
    }

    private static Map<String, @Nullable Object> summary(Map<String, @Nullable Object> workflow) {
        Map<String, @Nullable Object> run = WorkflowTrees.summary(workflow);
        run.put("createdAt", Tree.text(workflow, "metadata", "creationTimestamp"));
        return run;
    }

    /** What its steps printed, as far as their pods still exist. */
    Map<String, @Nullable Object> logs(String name) {
        Map<String, @Nullable Object> workflow = find(name);
        List<Object> nodes = new ArrayList<>();
        for (Map<String, @Nullable Object> node : WorkflowTrees.steps(workflow)) {
            Map<String, @Nullable Object> one = WorkflowTrees.step(Tree.text(workflow, "metadata", "name"), node);
            one.put("text", log(workflow, node));
            nodes.add(one);
        }
        return map(
                "name", Tree.text(workflow, "metadata", "name"),
                "phase", Tree.text(workflow, "status", "phase"),
                "nodes", nodes);
    }

    private String log(Map<String, @Nullable Object> workflow, Map<String, @Nullable Object> node) {
        if (!Tree.text(node, "type").equals("Pod")) {
            return "";
        }
        String known = ended.get(Tree.text(node, "id"));
        if (known != null) {
            return known;
        }
        String pod = RunRetry.podName(workflow, node);
        String text;
        try {
            text = whole(place.calls().log(new ObjectKey("", "Pod", place.namespace(), pod), "main"), pod);
        } catch (ClusterException e) {
            text = switch (e.reason()) {
                case NOT_FOUND -> "(the pod is gone, and its log with it)\n";
                case INVALID -> ""; // Its container has not begun.
                default -> throw place.failed(e);
            };
        }
        if (!Tree.text(node, "finishedAt").isEmpty()) {
            ended.put(Tree.text(node, "id"), text);
        }
        return text;
    }

    /** A log, which says so when it is cut. */
    private String whole(String log, String pod) {
        return log.getBytes(StandardCharsets.UTF_8).length < KubeCalls.MAX_LOG_BYTES
                ? log
                : log + "\n(the log goes on; all of it: kubectl -n " + place.namespace() + " logs " + pod
                        + " -c main)\n";
    }

    /** Starts a run of a template in the version that its plain name stands for now. */
    Map<String, @Nullable Object> start(String template, Map<String, String> parameters) {
        String version = version(template);
        return create(WorkflowTrees.of(template, place.namespace(), version, parameters));
    }

    private String version(String template) {
        Map<String, @Nullable Object> alias = place.ask(
                        () -> place.cluster().get(ArgoKinds.template(place.namespace(), template, false)))
                .orElseThrow(() -> place.error(
                        CommandException.WRONG,
                        "there is no WorkflowTemplate " + template + "; `plumbline templates` lists those of a sync"));
        Object wanted = Stamps.unstamp(alias).get("spec");
        List<Map<String, @Nullable Object>> versions = place.ask(() -> place.cluster()
                .list(new Selection(
                        ArgoKinds.GROUP,
                        ArgoKinds.WORKFLOW_TEMPLATE,
                        place.namespace(),
                        Map.of(Versions.LABEL, template)))
                .items());
        if (Versions.isVersion(alias) || versions.isEmpty()) {
            return template; // It was named itself, or its sync keeps no versions.
        }
        return versions.stream()
                .filter((Map<String, @Nullable Object> version) ->
                        Objects.equals(wanted, Stamps.unstamp(version).get("spec")))
                .map(version -> Tree.text(version, "metadata", "name"))
                .findFirst()
                .orElseThrow(() -> place.error(
                        CommandException.WRONG,
                        "the WorkflowTemplate " + template
                                + " is not what any of its versions is: it was changed by hand,"
                                + " or is just being applied; look at `plumbline sync get`, or name a version"));
    }

    /** Starts a Workflow as somebody wrote it. */
    Map<String, @Nullable Object> submit(Map<String, @Nullable Object> content, Map<String, String> parameters) {
        Map<String, @Nullable Object> workflow = Tree.copy(content);
        if (!Tree.text(workflow, "kind").equals(ArgoKinds.WORKFLOW)
                || !Tree.text(workflow, "apiVersion").equals(ArgoKinds.API_VERSION)) {
            throw place.error(
                    CommandException.ENVIRONMENT,
                    "the file holds a " + Tree.text(workflow, "kind") + ", not a Workflow of " + ArgoKinds.API_VERSION);
        }
        String named = Tree.text(workflow, "metadata", "namespace");
        if (!named.isEmpty() && !named.equals(place.namespace())) {
            throw place.error(
                    CommandException.ENVIRONMENT,
                    "the file names the namespace " + named + "; give -n " + named + ", or correct the file");
        }
        Tree.set(workflow, place.namespace(), "metadata", "namespace");
        WorkflowTrees.override(workflow, parameters);
        return create(workflow);
    }

    /** Ends one before its time. */
    Map<String, @Nullable Object> stop(String name, boolean terminate) {
        Map<String, @Nullable Object> workflow = find(name);
        if (RunText.ended(map("phase", Tree.text(workflow, "status", "phase")))) {
            throw place.error(
                    CommandException.WRONG,
                    "the run " + name(workflow) + " has ended already, " + Tree.text(workflow, "status", "phase"));
        }
        Map<String, @Nullable Object> patch = new LinkedHashMap<>();
        Tree.set(patch, terminate ? "Terminate" : "Stop", "spec", "shutdown");
        return changed(workflow, patch);
    }

    /** Lets one that failed go on where it failed. */
    Map<String, @Nullable Object> retry(String name, Map<String, String> parameters) {
        Map<String, @Nullable Object> workflow = find(name);
        String refusal = RunRetry.refusal(workflow);
        if (!refusal.isEmpty()) {
            throw place.error(CommandException.WRONG, "the run " + name(workflow) + " is not retried: " + refusal);
        }
        RunRetry retry = RunRetry.of(workflow, parameters, ClusterCommand.CLOCK.instant());
        for (String pod : retry.pods()) {
            place.ask(() -> {
                delete(pod);
                return pod;
            });
        }
        return changed(workflow, retry.patch());
    }

    /** Lets one that waits go on. */
    Map<String, @Nullable Object> resume(String name, Map<String, String> parameters, String node) {
        Map<String, @Nullable Object> workflow = find(name);
        RunResume resume = RunResume.of(workflow, parameters, node, ClusterCommand.CLOCK.instant());
        if (!resume.refusal().isEmpty()) {
            throw place.error(
                    CommandException.WRONG, "the run " + name(workflow) + " is not resumed: " + resume.refusal());
        }
        return changed(workflow, resume.patch());
    }

    private void delete(String pod) throws ClusterException {
        try {
            place.cluster()
                    .delete(new ObjectKey("", "Pod", place.namespace(), pod), new DeleteOptions(null, null, false));
        } catch (ClusterException e) {
            if (e.reason() != ClusterException.Reason.NOT_FOUND) {
                throw e;
            }
        }
    }

    /** Starts one anew, with the templates as they are now. */
    Map<String, @Nullable Object> resubmit(String name, Map<String, String> parameters) {
        Map<String, @Nullable Object> again = RunResubmission.of(find(name));
        WorkflowTrees.override(again, parameters);
        return create(again);
    }

    private Map<String, @Nullable Object> changed(
            Map<String, @Nullable Object> workflow, Map<String, @Nullable Object> patch) {
        return summary(
                place.ask(() -> place.cluster().mergePatch(Manifest.keyOf(workflow), patch, ClusterPlace.MANAGER)));
    }

    private static String name(Map<String, @Nullable Object> workflow) {
        return Tree.text(workflow, "metadata", "name");
    }

    private Map<String, @Nullable Object> create(Map<String, @Nullable Object> workflow) {
        return WorkflowTrees.started(place.ask(() -> place.cluster().create(workflow, ClusterPlace.MANAGER)));
    }

    /** A run by name or uid, or the newest. */
    Map<String, @Nullable Object> find(String name) {
        if (!name.equals(LATEST)) {
            Optional<Map<String, @Nullable Object>> named = place.ask(() ->
                    place.cluster().get(new ObjectKey(ArgoKinds.GROUP, ArgoKinds.WORKFLOW, place.namespace(), name)));
            if (named.isPresent()) {
                return named.get();
            }
        }
        return workflows().stream()
                .filter(workflow -> name.equals(LATEST)
                        || Tree.text(workflow, "metadata", "uid").equals(name))
                .findFirst()
                .orElseThrow(() -> place.error(
                        CommandException.WRONG, "there is no run " + name + "; `plumbline runs` lists them"));
    }

    private List<Map<String, @Nullable Object>> workflows() {
        return place
                .ask(() -> place.cluster()
                        .list(Selection.of(ArgoKinds.GROUP, ArgoKinds.WORKFLOW, place.namespace()))
                        .items())
                .stream()
                .sorted(Comparator.comparing((Map<String, @Nullable Object> workflow) ->
                                Tree.text(workflow, "metadata", "creationTimestamp"))
                        .thenComparing(workflow -> Tree.text(workflow, "metadata", "name"))
                        .reversed())
                .toList();
    }
}
