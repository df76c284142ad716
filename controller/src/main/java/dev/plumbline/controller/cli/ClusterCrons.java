package dev.plumbline.controller.cli;

import static dev.plumbline.controller.app.answers.Answer.map;

import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Schedules on a cluster. A suspension is written as field manager {@value ClusterPlace#MANAGER}, which is an ignored owner of
 * {@code spec.suspend}: repair of drift leaves it alone until the schedule is resumed, also by later commits.
 */
final class ClusterCrons {

    private final ClusterPlace place;

    ClusterCrons(ClusterPlace place) {
        this.place = place;
    }

    /** All of them. */
    Map<String, @Nullable Object> list() {
        List<Object> list = new ArrayList<>();
        for (Map<String, @Nullable Object> cron : place.ask(() -> place.cluster()
                .list(Selection.of(ArgoKinds.GROUP, ArgoKinds.CRON_WORKFLOW, place.namespace()))
                .items())) {
            list.add(line(cron));
        }
        return map("crons", list);
    }

    /** Stops one, or lets it fire again. */
    Map<String, @Nullable Object> suspend(String name, boolean suspend) {
        Map<String, @Nullable Object> patch = new LinkedHashMap<>();
        Tree.set(patch, suspend, "spec", "suspend");
        ObjectKey key = new ObjectKey(ArgoKinds.GROUP, ArgoKinds.CRON_WORKFLOW, place.namespace(), name);
        return line(place.ask(() -> place.cluster().mergePatch(key, patch, ClusterPlace.MANAGER)));
    }

    private static Map<String, @Nullable Object> line(Map<String, @Nullable Object> cron) {
        List<@Nullable Object> schedules = new ArrayList<>(Tree.list(cron, "spec", "schedules"));
        String single = Tree.text(cron, "spec", "schedule"); // Before Argo 3.6.
        if (!single.isEmpty()) {
            schedules.add(single);
        }
        return map(
                "name", Tree.text(cron, "metadata", "name"),
                "namespace", Tree.text(cron, "metadata", "namespace"),
                "createdAt", Tree.text(cron, "metadata", "creationTimestamp"),
                "lastRun", Tree.text(cron, "status", "lastScheduledTime"),
                "schedules", schedules,
                "timezone", Tree.text(cron, "spec", "timezone"),
                "suspended", Boolean.TRUE.equals(Tree.at(cron, "spec", "suspend")));
    }
}
