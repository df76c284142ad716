package dev.plumbline.controller.record;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.provenance.WorkflowDefaults;
import dev.plumbline.registry.store.StoreException;
import java.time.Instant;

/** Knows what Argo's {@code workflowDefaults} were when. Many threads may use it. */
public interface DefaultsHistory {

    /** There are none and never were. */
    DefaultsHistory NONE = new DefaultsHistory() {
        @Override
        public void look() {
            // Nothing can change.
        }

        @Override
        public WorkflowDefaults between(Instant created, Instant started) {
            return WorkflowDefaults.NONE;
        }
    };

    /**
     * Looks at what they are now. Cheap when asked often.
     *
     * @throws ClusterException when they cannot be read at present
     * @throws StoreException when a change of them cannot be kept
     */
    void look() throws ClusterException, StoreException;

    /** What may have been in force when Argo took up a run that was created and started then. */
    WorkflowDefaults between(Instant created, Instant started);
}
