package dev.plumbline.registry.release;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.SyncId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Marks on what is applied: which sync owns it, and which commit made its content (blame). They are hints for people, never
 * the answer to "which commit", and no digest covers them.
 */
public final class Stamps {

    /** Prefix of every label and annotation of ours. */
    public static final String PREFIX = "plumbline.dev/";

    /** Label: the owning sync, as {@link #label} writes it. */
    public static final String SYNC = PREFIX + "sync";

    /** Annotation of a template, and of the runs and pods that come from it. */
    public static final String TEMPLATE_COMMIT = PREFIX + "template-commit";

    /** Annotation of a schedule, and of the runs that come from it. */
    public static final String SCHEDULE_COMMIT = PREFIX + "schedule-commit";

    /** Annotation of every other object. */
    public static final String OBJECT_COMMIT = PREFIX + "object-commit";

    private static final int MAX_LABEL = 63;
    private static final int HASH_DIGITS = 10;

    private Stamps() {}

    /**
     * The value of the {@link #SYNC} label: {@code namespace.name}, or its beginning and a hash where that is longer than a label
     * may be.
     */
    public static String label(SyncId sync) {
        String label = sync.namespace() + "." + sync.name();
        return label.length() <= MAX_LABEL
                ? label
                : label.substring(0, MAX_LABEL - HASH_DIGITS - 1) + "-"
                        + Digest.of(label).hex().substring(0, HASH_DIGITS);
    }

    /**
     * The content to apply.
     *
     * @param commit blame of the object; null where it is not known
     */
    public static Map<String, @Nullable Object> stamp(Manifest manifest, SyncId sync, @Nullable CommitId commit) {
        Map<String, @Nullable Object> content = Tree.copy(manifest.content());
        Tree.set(content, label(sync), "metadata", "labels", SYNC);
        if (commit != null) {
            String annotation = annotation(manifest.key());
            for (String[] holder : holders(annotation)) {
                Tree.set(content, commit.hex(), below(holder, annotation));
            }
        }
        return content;
    }

    /**
     * A copy of a content without its stamps, and without the maps that this leaves empty. Two contents whose copies are equal
     * differ in stamps alone, which is no difference.
     */
    public static Map<String, @Nullable Object> unstamp(Map<String, @Nullable Object> content) {
        Map<String, @Nullable Object> copy = Tree.copy(content);
        Tree.remove(copy, "metadata", "labels", SYNC);
        String annotation = annotation(Manifest.keyOf(content));
        for (String[] holder : holders(annotation)) {
            Tree.remove(copy, below(holder, annotation));
        }
        return copy;
    }

    /** Where an annotation is put: on the object, and where Argo hands it on to runs and pods. */
    private static List<String[]> holders(String annotation) {
        String[] own = {"metadata", "annotations"};
        String[] runs = {"spec", "workflowMetadata", "annotations"};
        String[] pods = {"spec", "podMetadata", "annotations"};
        return switch (annotation) {
            case TEMPLATE_COMMIT -> List.of(own, runs, pods);
            case SCHEDULE_COMMIT -> List.of(own, runs);
            default -> List.<String[]>of(own);
        };
    }

    private static String[] below(String[] holder, String annotation) {
        String[] path = Arrays.copyOf(holder, holder.length + 1);
        path[holder.length] = annotation;
        return path;
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
