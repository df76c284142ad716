package dev.plumbline.controller.app.operator;

import dev.plumbline.controller.apply.ClusterWriter;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.spec.PipelineSync;
import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The finalizer of a PipelineSync, which is there exactly while its objects must go before it. */
final class Finalizers {

    private Finalizers() {}

    /**
     * Puts it there or takes it away; writes nothing where it is right already.
     *
     * @throws ClusterException with reason CONFLICT when somebody else wrote meanwhile: look again
     */
    static void keep(ClusterWriter writer, PipelineSync sync, boolean there) throws ClusterException {
        List<String> now = sync.metadata().finalizers();
        if (now.contains(PipelineSync.FINALIZER) == there) {
            return;
        }
        List<Object> wanted = new ArrayList<>(now);
        if (there) {
            wanted.add(PipelineSync.FINALIZER);
        } else {
            wanted.remove(PipelineSync.FINALIZER);
        }
        Map<String, @Nullable Object> patch = new LinkedHashMap<>();
        Tree.set(patch, wanted, "metadata", "finalizers");
        Tree.set(patch, sync.metadata().resourceVersion(), "metadata", "resourceVersion");
        writer.mergePatch(SyncGate.key(sync.id()), patch, "plumbline");
    }
}
