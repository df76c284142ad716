package dev.plumbline.controller.spec;

import dev.plumbline.registry.model.SyncId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@code PipelineRollback}: an applied revision of a sync is restored from the store. Its spec never changes.
 *
 * @param metadata what the API server says about it
 * @param sync the sync, in the same namespace
 * @param to number of the revision; 0 for the one before the revision in force
 * @param reason why; stays in history
 * @param actor who asks, as the API server knows the user; proven by an admission policy
 * @param until when it ends
 * @param problems what its schema let pass and cannot be followed; while there is one nothing is restored
 */
public record PipelineRollback(
        ObjectMetadata metadata,
        SyncId sync,
        long to,
        String reason,
        String actor,
        Until until,
        List<SpecProblem> problems) {

    /** The kind. */
    public static final String KIND = "PipelineRollback";

    /** When a rollback ends. */
    public enum Until {
        /** When a commit comes that holds none of the content that was rolled back from. */
        NEW_CONTENT("NewContent"),
        /** When the PipelineRollback is deleted. */
        REMOVED("Removed");

        private final String word;

        Until(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** Keeps its own copy. */
    public PipelineRollback {
        problems = List.copyOf(problems);
    }

    /** Reads an object as the API server returns it. Never fails: what cannot be read is a problem. */
    public static PipelineRollback read(Map<String, @Nullable Object> object) {
        ObjectMetadata metadata = ObjectMetadata.read(object);
        List<SpecProblem> problems = new ArrayList<>();
        SpecFields spec = new SpecFields("", object, problems).below("spec");
        return new PipelineRollback(
                metadata,
                new SyncId(metadata.namespace(), spec.required("sync")),
                spec.number("to", 0, 1, Long.MAX_VALUE),
                spec.required("reason"),
                spec.required("actor"),
                spec.word("until", Until.NEW_CONTENT, Until.values()),
                problems);
    }
}
