package dev.plumbline.controller.spec;

import dev.plumbline.registry.model.SyncId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@code PipelineSync}: one source path kept applied to one cluster.
 *
 * @param metadata what the API server says about it
 * @param spec what it asks for; where {@code problems} name a field this holds its default
 * @param problems what its schema let pass and cannot be followed; while there is one nothing may be written for it
 */
public record PipelineSync(ObjectMetadata metadata, PipelineSyncSpec spec, List<SpecProblem> problems) {

    /** API group of the custom resources. */
    public static final String GROUP = "plumbline.dev";

    /** Group and version of the custom resources. */
    public static final String API_VERSION = GROUP + "/v1alpha1";

    /** The kind. */
    public static final String KIND = "PipelineSync";

    /** Holds a sync with {@code deletionPolicy: Delete} until its objects are gone. */
    public static final String FINALIZER = "plumbline.dev/delete-objects";

    /** Annotation: any new value starts a poll at once; the status repeats it when that is done. */
    public static final String SYNC_REQUESTED = "plumbline.dev/sync-requested";

    /** Annotation: confirms the deletions of which the status names this digest. */
    public static final String CONFIRM_DELETIONS = "plumbline.dev/confirm-deletions";

    /** Keeps its own copy. */
    public PipelineSync {
        problems = List.copyOf(problems);
    }

    /** Reads an object as the API server returns it. Never fails: what cannot be read is a problem. */
    public static PipelineSync read(Map<String, @Nullable Object> object) {
        ObjectMetadata metadata = ObjectMetadata.read(object);
        List<SpecProblem> problems = new ArrayList<>();
        SpecFields spec = new SpecFields("", object, problems).below("spec");
        return new PipelineSync(metadata, new PipelineSyncReader(metadata.namespace()).read(spec), problems);
    }

    /** Its name. */
    public SyncId id() {
        return metadata.id();
    }

    /** Whether it must carry {@link #FINALIZER} while it lives. */
    public boolean needsFinalizer() {
        return spec.deletionPolicy() == PipelineSyncSpec.DeletionPolicy.DELETE
                && spec.mode() == PipelineSyncSpec.Mode.APPLY;
    }
}
