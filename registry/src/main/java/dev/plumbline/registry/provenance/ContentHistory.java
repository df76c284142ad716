package dev.plumbline.registry.provenance;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.source.SourceException;
import java.util.List;
import java.util.Optional;

/**
 * What each mainline commit that was seen renders to at one sync's path. It may be asked many times; equal contents should
 * be the same instance, because answers are remembered by it.
 */
public interface ContentHistory {

    /**
     * The mainline commits that were seen, each line newest first. The first line is the mainline as it is now; each further
     * one is a line that was forced away, down to where it meets another.
     *
     * @throws SourceException when Git cannot be read
     */
    List<List<CommitId>> lines() throws SourceException;

    /** Whether no older mainline commit exists than those that {@link #lines()} returned last. */
    boolean complete();

    /**
     * What a commit renders to; empty when it does not render.
     *
     * @throws SourceException when Git cannot be read
     */
    Optional<RenderedContent> at(CommitId commit) throws SourceException;
}
