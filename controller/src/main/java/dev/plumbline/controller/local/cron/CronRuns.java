package dev.plumbline.controller.local.cron;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.json.Tree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The runs of one CronWorkflow among the Workflows of a cluster, and what is written of them. */
final class CronRuns {

    static final String USED_SCHEDULE = "cronworkflows.argoproj.io/last-used-schedule";

    private static final String PREFIX = "workflows.argoproj.io/";

    private final Map<String, @Nullable Object> cron;
    private final List<Map<String, @Nullable Object>> runs;

    CronRuns(Map<String, @Nullable Object> cron, List<Map<String, @Nullable Object>> all) {
        this.cron = cron;
        String uid = Tree.text(cron, "metadata", "uid");
        this.runs = all.stream()
                .filter(run -> Tree.maps(run, "metadata", "ownerReferences").stream()
                        .anyMatch(owner -> Tree.text(owner, "uid").equals(uid)))
                .toList();
    }

    private static boolean ended(@Nullable Object run) {
        return Tree.text(run, "metadata", "labels", PREFIX + "completed").equals("true");
    }

    private static boolean good(@Nullable Object run) {
        return Tree.text(run, "status", "phase").equals("Succeeded");
    }

    /** Those that go on. */
    List<Map<String, @Nullable Object>> active() {
        return runs.stream().filter(run -> !ended(run)).toList();
    }

    /** The ended ones beyond the limits of its history, the oldest first. */
    List<Map<String, @Nullable Object>> tooMany(CronSpec spec) {
        List<Map<String, @Nullable Object>> old = new ArrayList<>();
        for (boolean good : new boolean[] {true, false}) {
            List<Map<String, @Nullable Object>> ended = runs.stream()
                    .filter(run -> ended(run) && good(run) == good && !isActive(run))
                    .sorted(Comparator.comparing(run -> Tree.text(run, "status", "finishedAt")))
                    .toList();
            old.addAll(ended.subList(0, (int) Math.max(0, ended.size() - spec.kept(good))));
        }
        return old;
    }

    private boolean isActive(@Nullable Object run) {
        return Tree.maps(cron, "status", "active").stream()
                .anyMatch(one -> Tree.text(one, "uid").equals(Tree.text(run, "metadata", "uid")));
    }

    /** What of its status changes because runs have ended; empty when nothing does. */
    Map<String, @Nullable Object> counted() {
        List<Map<String, @Nullable Object>> before = Tree.maps(cron, "status", "active");
        Set<String> active =
                active().stream().map(run -> Tree.text(run, "metadata", "uid")).collect(Collectors.toSet());
        Map<String, @Nullable Object> status = new LinkedHashMap<>();
        List<@Nullable Object> now = new ArrayList<>();
        before.stream().filter(one -> active.contains(Tree.text(one, "uid"))).forEach(now::add);
        if (now.size() == before.size()) {
            return status;
        }
        status.put("active", now);
        for (boolean good : new boolean[] {true, false}) {
            long more = runs.stream()
                    .filter(run -> ended(run) && good(run) == good && isActive(run))
                    .count();
            String field = good ? "succeeded" : "failed";
            long known = Tree.at(cron, "status", field) instanceof Number number ? number.longValue() : 0;
            status.put(field, known + more);
        }
        return status;
    }

    /** The Workflow of a time, as Argo's controller makes it. */
    Map<String, @Nullable Object> workflow(Instant due) {
        String name = Tree.text(cron, "metadata", "name");
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name + "-" + due.getEpochSecond());
        metadata.put("namespace", Tree.text(cron, "metadata", "namespace"));
        Map<String, @Nullable Object> labels =
                new LinkedHashMap<>(Tree.map(cron, "spec", "workflowMetadata", "labels"));
        labels.put(PREFIX + "cron-workflow", name);
        metadata.put("labels", labels);
        Map<String, @Nullable Object> annotations =
                new LinkedHashMap<>(Tree.map(cron, "spec", "workflowMetadata", "annotations"));
        annotations.put(PREFIX + "scheduled-time", due.toString());
        metadata.put("annotations", annotations);
        List<@Nullable Object> finalizers = Tree.list(cron, "spec", "workflowMetadata", "finalizers");
        if (!finalizers.isEmpty()) {
            metadata.put("finalizers", finalizers);
        }
        Map<String, @Nullable Object> owner = new LinkedHashMap<>();
        owner.put("apiVersion", ArgoKinds.GROUP + "/v1alpha1");
        owner.put("kind", ArgoKinds.CRON_WORKFLOW);
        owner.put("name", name);
        owner.put("uid", Tree.text(cron, "metadata", "uid"));
        owner.put("controller", true);
        owner.put("blockOwnerDeletion", true);
        metadata.put("ownerReferences", List.of(owner));
        Map<String, @Nullable Object> workflow = new LinkedHashMap<>();
        workflow.put("apiVersion", ArgoKinds.GROUP + "/v1alpha1");
        workflow.put("kind", ArgoKinds.WORKFLOW);
        workflow.put("metadata", metadata);
        workflow.put("spec", Tree.copy(Tree.map(cron, "spec", "workflowSpec")));
        return workflow;
    }

    /** The patch that notes a run that was just made. */
    Map<String, @Nullable Object> fired(Map<String, @Nullable Object> made, Instant due) {
        Map<String, @Nullable Object> patch = new LinkedHashMap<>();
        Tree.set(patch, new CronSpec(cron).used(), "metadata", "annotations", USED_SCHEDULE);
        Tree.set(patch, due.toString(), "status", "lastScheduledTime");
        Tree.set(patch, "Active", "status", "phase");
        List<@Nullable Object> active = new ArrayList<>();
        Map<String, @Nullable Object> fresh = new LinkedHashMap<>();
        fresh.put("apiVersion", ArgoKinds.GROUP + "/v1alpha1");
        fresh.put("kind", ArgoKinds.WORKFLOW);
        fresh.put("name", Tree.text(made, "metadata", "name"));
        fresh.put("namespace", Tree.text(made, "metadata", "namespace"));
        fresh.put("uid", Tree.text(made, "metadata", "uid"));
        active.addAll(Tree.maps(cron, "status", "active"));
        active.add(fresh);
        Tree.set(patch, active, "status", "active");
        return patch;
    }

    /** The patch of one that its stop strategy ended. */
    static Map<String, @Nullable Object> stopped() {
        Map<String, @Nullable Object> patch = new LinkedHashMap<>();
        Tree.set(patch, "Stopped", "status", "phase");
        Tree.set(patch, "true", "metadata", "labels", "cronworkflows.argoproj.io/completed");
        return patch;
    }
}
