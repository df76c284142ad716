package dev.plumbline.controller.live;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Argo keeps in its database: Workflows that are over, also after they are deleted from the cluster, and nodes that are too many for
 * an object. Many threads may use it.
 */
public interface RunArchive {

    /** Most runs that are asked for at once: 10,000. */
    int MAX_RUNS = 10_000;

    /**
     * Uids of the archived Workflows of a namespace that began at a moment or later, at most {@link #MAX_RUNS}.
     *
     * @throws ClusterException when the archive does not answer, or refuses
     */
    List<String> began(String namespace, Instant from) throws ClusterException;

    /**
     * A Workflow object as it was when it ended, its nodes included.
     *
     * @return empty when it is not archived
     * @throws ClusterException when the archive does not answer, or refuses
     */
    Optional<Map<String, @Nullable Object>> run(String namespace, String uid) throws ClusterException;

    /**
     * A Workflow object that is in the cluster, with the nodes that Argo keeps outside of it.
     *
     * @return empty when it is not there, or another of that name is
     * @throws ClusterException when it does not answer, or refuses
     */
    Optional<Map<String, @Nullable Object>> whole(String namespace, String name, String uid) throws ClusterException;

    /** What it is called in messages, such as its address; no secret is in it. */
    String name();
}
