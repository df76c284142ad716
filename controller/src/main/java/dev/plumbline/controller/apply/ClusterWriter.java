package dev.plumbline.controller.apply;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.model.ObjectKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes a cluster. Answers are the objects as persisted, {@code managedFields} included. Every call is bounded in time.
 * When one throws UNAVAILABLE it is unknown whether it happened. Many threads may call it.
 */
public interface ClusterWriter {

    /**
     * Server-side apply of exactly the fields of {@code content}: creates the object where there is none, removes fields
     * that this manager applied before and gives up now, leaves the fields of others alone.
     *
     * @param manager field manager
     * @param force whether to take over fields that others own; without it they are a CONFLICT that names managers and fields
     * @param dryRun whether to answer as if it had happened, and leave no trace
     * @throws ClusterException when it is refused
     */
    Map<String, @Nullable Object> apply(
            Map<String, @Nullable Object> content, String manager, boolean force, boolean dryRun)
            throws ClusterException;

    /**
     * Creates an object; with {@code generateName} and no name the cluster chooses the name.
     *
     * @throws ClusterException ALREADY_EXISTS when there is one of that name
     */
    Map<String, @Nullable Object> create(Map<String, @Nullable Object> content, String manager) throws ClusterException;

    /**
     * JSON merge patch (RFC 7386). A {@code metadata.resourceVersion} in the patch is a precondition.
     *
     * @throws ClusterException NOT_FOUND, or CONFLICT when the precondition fails
     */
    Map<String, @Nullable Object> mergePatch(ObjectKey key, Map<String, @Nullable Object> patch, String manager)
            throws ClusterException;

    /**
     * Deletes an object. One with finalizers only gets its deletionTimestamp.
     *
     * @throws ClusterException NOT_FOUND, or CONFLICT when a precondition fails
     */
    void delete(ObjectKey key, DeleteOptions options) throws ClusterException;
}
