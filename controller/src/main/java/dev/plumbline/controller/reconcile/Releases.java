package dev.plumbline.controller.reconcile;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.source.SourceException;
import java.util.Optional;

/** Makes what a commit means for the path of one sync: render, validate, version, blame. */
public interface Releases {

    /**
     * What the commit means; the same answer at every call.
     *
     * @throws SourceException when the commit cannot be read
     */
    Candidate at(CommitId commit) throws SourceException;

    /**
     * What the commit means, where that is known without rendering anything.
     *
     * @throws SourceException when the commit cannot be read
     */
    default Optional<Candidate> known(CommitId commit) throws SourceException {
        return Optional.empty();
    }

    /** What was asked for last, where it is still at hand. */
    default Optional<Candidate> newest() {
        return Optional.empty();
    }
}
