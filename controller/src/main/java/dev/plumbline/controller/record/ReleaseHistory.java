package dev.plumbline.controller.record;

import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.provenance.Judge;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import java.time.Instant;
import java.util.List;

/** Which Releases of a sync were in force when. */
public interface ReleaseHistory {

    /**
     * The Release in force at the moment in which a run was created, and the one before it where that one was still being
     * replaced.
     *
     * @param created beginning of the second in which the run was created: Kubernetes states no fractions, so an apply that
     *     ran at any time of this second counts as running
     * @return the newer one first; empty when nothing had been applied yet
     * @throws StoreException when the history cannot be read
     * @throws SourceException when a Release must be rendered again and Git cannot be read
     */
    List<Judge.Force> inForce(SyncId sync, Instant created) throws StoreException, SourceException;
}
