package dev.plumbline.controller.record;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.argo.ArgoSyntaxException;
import dev.plumbline.registry.argo.CronSchedule;
import dev.plumbline.registry.argo.CronTimes;
import dev.plumbline.registry.json.Tree;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Names the runs that schedules had due in a time, and that are not there: Argo names each after its schedule and the second. */
final class MissingRuns {

    /** Most names of one window. */
    static final int MAX_NAMES = 100;

    private final ClusterReader cluster;
    private final Consumer<String> trouble;

    MissingRuns(ClusterReader cluster, Consumer<String> trouble) {
        this.cluster = cluster;
        this.trouble = trouble;
    }

    /** Names of runs of the schedules of a namespace that were due after one moment and up to another, but for those there. */
    List<String> between(String namespace, Instant from, Instant until, Set<String> there) {
        Set<String> missing = new TreeSet<>();
        try {
            cluster.list(
                    Selection.of(Recorder.GROUP, "CronWorkflow", namespace),
                    schedule -> missing.addAll(due(schedule, from, until)));
        } catch (ClusterException e) {
            trouble.accept("tried to list the schedules in " + namespace + ", failed because " + e.getMessage()
                    + "; runs that they had due while nobody watched are not named");
        }
        missing.removeAll(there);
        return missing.stream().limit(MAX_NAMES).toList();
    }

    private static List<String> due(Map<String, @Nullable Object> schedule, Instant from, Instant until) {
        List<String> due = new ArrayList<>();
        if (Boolean.TRUE.equals(Tree.at(schedule, "spec", "suspend"))) {
            return due;
        }
        List<String> texts = new ArrayList<>();
        Tree.list(schedule, "spec", "schedules").forEach(text -> texts.add(String.valueOf(text)));
        if (!Tree.text(schedule, "spec", "schedule").isEmpty()) {
            texts.add(Tree.text(schedule, "spec", "schedule"));
        }
        Instant created = time(Tree.text(schedule, "metadata", "creationTimestamp"), from);
        for (String text : texts) {
            Instant after = created.isAfter(from) ? created : from;
            for (Instant time : times(text, Tree.text(schedule, "spec", "timezone"), after, until)) {
                due.add(Tree.text(schedule, "metadata", "name") + "-" + time.getEpochSecond());
            }
        }
        return due;
    }

    private static List<Instant> times(String text, String timezone, Instant from, Instant until) {
        try {
            CronSchedule cron = CronSchedule.parse(text);
            String zone = cron.zone() == null ? timezone : cron.zone();
            return times(cron, ZoneId.of(zone.isEmpty() ? "UTC" : zone), from, until);
        } catch (ArgoSyntaxException | DateTimeException e) {
            return List.of(); // Argo cannot read it either, and starts nothing.
        }
    }

    private static List<Instant> times(CronSchedule cron, ZoneId zone, Instant from, Instant until) {
        List<Instant> times = new ArrayList<>();
        if (cron.every() != null) {
            return times; // Counted from when Argo's controller began, which nobody knows here.
        }
        Instant due = CronTimes.next(cron, from, zone);
        while (due != null && !due.isAfter(until) && times.size() < MAX_NAMES) {
            times.add(due);
            due = CronTimes.next(cron, due, zone);
        }
        return times;
    }

    private static Instant time(String text, Instant otherwise) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return otherwise;
        }
    }
}
