package dev.plumbline.controller.cli;

import static dev.plumbline.controller.app.answers.Answer.map;

import dev.plumbline.controller.app.answers.CronTrees;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
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
            list.add(CronTrees.line(cron));
        }
        return map("crons", list);
    }

    /** Stops one, or lets it fire again. */
    Map<String, @Nullable Object> suspend(String name, boolean suspend) {
        ObjectKey key = new ObjectKey(ArgoKinds.GROUP, ArgoKinds.CRON_WORKFLOW, place.namespace(), name);
        try {
            return CronTrees.line(place.cluster().mergePatch(key, CronTrees.suspension(suspend), ClusterPlace.MANAGER));
        } catch (ClusterException e) {
            throw e.reason() == ClusterException.Reason.NOT_FOUND
                    ? place.error(
                            CommandException.WRONG,
                            "there is no CronWorkflow " + name + "; `plumbline cron list` lists them")
                    : place.failed(e);
        }
    }
}
