package dev.plumbline.controller.app;

import static dev.plumbline.controller.app.answers.Answer.map;

import dev.plumbline.controller.app.answers.CronTrees;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.controller.web.ApiException;
import dev.plumbline.controller.web.ApiRequest;
import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the API answers about schedules. A suspension is written as field manager {@value RunRoutes#MANAGER}, which is an ignored owner of
 * {@code spec.suspend}: repair of drift leaves it alone until the schedule is resumed, also by later commits.
 */
final class CronRoutes {

    private final Engine engine;

    CronRoutes(Engine engine) {
        this.engine = engine;
    }

    @Nullable
    Object list(ApiRequest request) throws ClusterException {
        return map("crons", crons().stream().map(CronTrees::line).toList());
    }

    /** Stops one, or lets it fire again. */
    @Nullable
    Object suspend(ApiRequest request, boolean suspend) throws ApiException, ClusterException {
        String name = request.part("name");
        Map<String, @Nullable Object> cron = crons().stream()
                .filter(one -> Tree.text(one, "metadata", "name").equals(name))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound(
                        "there is no CronWorkflow " + name + "; `plumbline cron list` lists them"));
        return CronTrees.line(
                engine.cluster().mergePatch(Manifest.keyOf(cron), CronTrees.suspension(suspend), RunRoutes.MANAGER));
    }

    private List<Map<String, @Nullable Object>> crons() throws ClusterException {
        return engine.cluster()
                .list(Selection.of(ArgoKinds.GROUP, ArgoKinds.CRON_WORKFLOW, ""))
                .items();
    }
}
