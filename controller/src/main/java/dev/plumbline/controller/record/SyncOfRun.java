package dev.plumbline.controller.record;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Recent;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.source.SourceException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Of several syncs that share a namespace, finds the one that a run belongs to: whose commits know the template it names. Answers
 * are remembered until something changes. Many threads may use it.
 */
final class SyncOfRun {

    /** Most answers that are remembered: 10,000. */
    private static final int MAX_REMEMBERED = 10_000;

    private volatile Recent<String, SyncId> known = new Recent<>(MAX_REMEMBERED);

    /** Another sync came, or one has another history now. */
    void forget() {
        known = new Recent<>(MAX_REMEMBERED);
    }

    /**
     * The sync of a run; the first where none or several know its template.
     *
     * @param syncs the syncs of its namespace, in a lasting order
     * @return null when there is no sync
     */
    @Nullable
    WatchedSync choose(Map<String, @Nullable Object> workflow, List<WatchedSync> syncs) {
        String template = Tree.text(workflow, "spec", "workflowTemplateRef", "name");
        if (syncs.size() < 2 || template.isEmpty()) {
            return syncs.isEmpty() ? null : syncs.getFirst();
        }
        Recent<String, SyncId> answers = known;
        String question = Tree.text(workflow, "metadata", "namespace") + "/" + template;
        SyncId answer = answers.get(question);
        for (WatchedSync sync : syncs) {
            if (answer == null ? knows(sync, template) : answer.equals(sync.id())) {
                answers.put(question, sync.id());
                return sync;
            }
        }
        answers.put(question, syncs.getFirst().id());
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
