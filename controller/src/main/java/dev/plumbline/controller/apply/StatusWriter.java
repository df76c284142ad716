package dev.plumbline.controller.apply;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.model.ObjectKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the status of objects whose kind has one as a subresource. Many threads may call it; every call is bounded in time. */
public interface StatusWriter {

    /**
     * Replaces the status of one object and nothing else of it. The one that has its name after it is another.
     *
     * @param uid which object of that name is meant
     * @return the object as persisted
     * @throws ClusterException NOT_FOUND when the object is gone, even if another has its name since; INVALID when its schema
     *     refuses the status
     */
    Map<String, @Nullable Object> status(
            ObjectKey key, String uid, Map<String, @Nullable Object> status, String manager) throws ClusterException;
}
