package dev.plumbline.controller.record;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.source.SourceException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Of several syncs that share a namespace, finds the one that a run belongs to: whose commits know the template it names. */
final class SyncOfRun {

    private SyncOfRun() {}

    /**
     * The sync of a run; the first where none or several know its template.
     *
     * @return null when there is no sync
     */
    static @Nullable WatchedSync choose(Map<String, @Nullable Object> workflow, List<WatchedSync> syncs) {
        if (syncs.isEmpty()) {
            return null;
        }
        String template = Tree.text(workflow, "spec", "workflowTemplateRef", "name");
        if (syncs.size() > 1 && !template.isEmpty()) {
            for (WatchedSync sync : syncs) {
                if (knows(sync, template)) {
                    return sync;
                }
            }
        }
        return syncs.getFirst();
    }

    private static boolean knows(WatchedSync sync, String template) {
        try {
            for (var line : sync.content().lines()) {
                for (var commit : line) {
                    if (sync.content()
                            .at(commit)
                            .filter(content -> content.hasTemplate(template))
                            .isPresent()) {
                        return true;
                    }
                }
            }
        } catch (SourceException e) {
            return false; // Git is away; the verdict on the run says so when it is recorded.
        }
        return false;
    }
}
