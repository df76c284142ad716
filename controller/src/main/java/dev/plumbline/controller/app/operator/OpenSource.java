package dev.plumbline.controller.app.operator;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.source.Repository;
import dev.plumbline.registry.source.SourceException;
import java.io.Closeable;

/** A repository that is followed: one ref of it, its signatures checked where that is asked for. */
interface OpenSource extends Closeable {

    /** Its address, without credentials. */
    String url();

    /** What has been fetched so far. */
    Repository repository();

    /**
     * Asks the repository once where the ref leads.
     *
     * @throws SourceException when it does not answer, or holds nothing there that may be applied
     */
    CommitId look() throws SourceException;
}
