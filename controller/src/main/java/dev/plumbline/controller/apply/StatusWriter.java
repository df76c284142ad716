package dev.plumbline.controller.apply;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.model.ObjectKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the status of objects whose kind has one as a subresource. Many threads may call it; every call is bounded in time. */
public interface StatusWriter {

    /**
     * JSON merge patch (RFC 7386) of the status and of nothing else.
     *
     * @return the object as persisted
     * @throws ClusterException NOT_FOUND when the object is gone, INVALID when its schema refuses the status
     */
    Map<String, @Nullable Object> status(ObjectKey key, Map<String, @Nullable Object> status, String manager)
            throws ClusterException;
}
