package dev.plumbline.registry.release;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.SyncId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Marks on what is applied: which sync owns it, and which commit made its content (blame). They are hints for people, never
 * the answer to "which commit", and no digest covers them.
 */
public final class Stamps {

    /** Prefix of every label and annotation of ours. */
    public static final String PREFIX = "plumbline.dev/";

    /** Label: the owning sync, as {@code namespace.name}. */
    public static final String SYNC = PREFIX + "sync";

    /** Annotation of a template, and of the runs and pods that come from it. */
    public static final String TEMPLATE_COMMIT = PREFIX + "template-commit";

    /** Annotation of a schedule, and of the runs that come from it. */
    public static final String SCHEDULE_COMMIT = PREFIX + "schedule-commit";

    /** Annotation of every other object. */
    public static final String OBJECT_COMMIT = PREFIX + "object-commit";

    private Stamps() {}

    /** The value of the {@link #SYNC} label. */
    public static String label(SyncId sync) {
        return sync.namespace() + "." + sync.name();
    }

    /**
     * The content to apply.
     *
     * @param commit blame of the object; null where it is not known
     */
    public static Map<String, @Nullable Object> stamp(Manifest manifest, SyncId sync, @Nullable CommitId commit) {
        Map<String, @Nullable Object> content = Tree.copy(manifest.content());
        Tree.set(content, label(sync), "metadata", "labels", SYNC);
        if (commit == null) {
            return content;
        }
        String annotation = annotation(manifest.key());
        Tree.set(content, commit.hex(), "metadata", "annotations", annotation);
        switch (annotation) {
            case TEMPLATE_COMMIT -> {
                Tree.set(content, commit.hex(), "spec", "workflowMetadata", "annotations", annotation);
                Tree.set(content, commit.hex(), "spec", "podMetadata", "annotations", annotation);
            }
            case SCHEDULE_COMMIT ->
                Tree.set(content, commit.hex(), "spec", "workflowMetadata", "annotations", annotation);
            default -> {}
        }
        return content;
    }

    private static String annotation(ObjectKey key) {
        if (!key.group().equals(ArgoKinds.GROUP)) {
            return OBJECT_COMMIT;
        }
        return switch (key.kind()) {
            case ArgoKinds.WORKFLOW_TEMPLATE, ArgoKinds.CLUSTER_WORKFLOW_TEMPLATE -> TEMPLATE_COMMIT;
            case ArgoKinds.CRON_WORKFLOW -> SCHEDULE_COMMIT;
            default -> OBJECT_COMMIT;
        };
    }
}
