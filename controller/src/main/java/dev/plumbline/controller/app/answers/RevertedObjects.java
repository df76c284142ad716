package dev.plumbline.controller.app.answers;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.history.Outcome;
import dev.plumbline.registry.history.ReleaseRecord;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The objects of the applied Release that a revert of commits would change: those that one of the commits made what they are, without
 * those that are as they were in the newest Release before the commits, and those that refer to a template among them.
 */
final class RevertedObjects {

    private static final Set<String> SERVING = Set.of(
            "Deployment",
            "StatefulSet",
            "DaemonSet",
            "InferenceService",
            "InferenceGraph",
            "ServingRuntime",
            "Rollout");

    private final Set<ObjectKey> changed;
    private final Set<String> templates = new HashSet<>();
    private final List<Manifest> objects;

    private RevertedObjects(Set<ObjectKey> changed, ReleaseRecord release) {
        this.changed = changed;
        this.objects = release.objects();
        for (ObjectKey key : changed) {
            if (isTemplate(key.kind())) {
                templates.add(key.name());
                ObjectKey version = release.versions().get(key);
                if (version != null) {
                    templates.add(version.name());
                }
            }
        }
        spread();
    }

    /** What a revert would change; nothing before the first apply. */
    static Optional<RevertedObjects> of(AskedSync asked, Set<CommitId> commits, @Nullable CommitId before)
            throws StoreException, SourceException {
        Optional<HistoryEntry> applied = asked.sync().history().lastApplied();
        Optional<ReleaseRecord> release = asked.inForce();
        if (applied.isEmpty() || release.isEmpty()) {
            return Optional.empty();
        }
        Map<ObjectKey, Digest> earlier = earlier(asked, commits, before);
        Set<ObjectKey> changed = new TreeSet<>(java.util.Comparator.comparing(ObjectKey::toString));
        applied.get().blame().forEach((key, commit) -> {
            Digest then = earlier.get(key);
            if (commits.contains(commit)
                    && (then == null || !then.equals(release.get().plain().get(key)))) {
                changed.add(key);
            }
        });
        return Optional.of(new RevertedObjects(changed, release.get()));
    }

    /** What the newest Release held that was applied before the commits came; empty when there is none. */
    private static Map<ObjectKey, Digest> earlier(AskedSync asked, Set<CommitId> commits, @Nullable CommitId before)
            throws StoreException, SourceException {
        for (HistoryEntry entry : asked.sync().history().entries().reversed()) {
            Digest record = entry.record();
            if (record != null
                    && before != null
                    && entry.outcome() == Outcome.APPLIED
                    && !commits.contains(entry.commit())
                    && asked.repository().commit(entry.commit()).isPresent()
                    && asked.repository().isAncestor(entry.commit(), before)) {
                return asked.archive().load(record).map(ReleaseRecord::plain).orElse(Map.of());
            }
        }
        return Map.of();
    }

    /** A template that calls one that changes runs something else, too. */
    private void spread() {
        boolean more = true;
        while (more) {
            more = false;
            for (Manifest object : objects) {
                if (isTemplate(object.key().kind())
                        && !templates.contains(object.key().name())
                        && refers(object.content())) {
                    more |= templates.add(object.key().name());
                }
            }
        }
    }

    /** Names of WorkflowTemplates, versions among them, that run something else after a revert. */
    Set<String> templates() {
        return templates;
    }

    /** Schedules that change, or that start a template that does. */
    List<String> schedules() {
        return objects.stream()
                .filter(object -> object.key().kind().equals(ArgoKinds.CRON_WORKFLOW))
                .filter(object -> changed.contains(object.key()) || refers(object.content()))
                .map(object -> object.key().name())
                .toList();
    }

    /** What serves and changes itself. */
    List<String> deployments() {
        return changed.stream()
                .filter(key -> SERVING.contains(key.kind()))
                .map(ObjectKey::display)
                .toList();
    }

    private boolean refers(@Nullable Object tree) {
        if (tree instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                boolean reference =
                        entry.getKey().equals("templateRef") || entry.getKey().equals("workflowTemplateRef");
                if (reference && templates.contains(Tree.text(entry.getValue(), "name"))) {
                    return true;
                }
                if (refers(entry.getValue())) {
                    return true;
                }
            }
        }
        return tree instanceof List<?> list && list.stream().anyMatch(this::refers);
    }

    private static boolean isTemplate(String kind) {
        return kind.equals(ArgoKinds.WORKFLOW_TEMPLATE) || kind.equals(ArgoKinds.CLUSTER_WORKFLOW_TEMPLATE);
    }
}
