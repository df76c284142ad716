package dev.plumbline.controller.local.cluster;

import dev.plumbline.controller.live.WatchListener;
import dev.plumbline.registry.model.ObjectKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One persisted change of one object.
 *
 * @param version the resourceVersion that it made
 * @param type what happened
 * @param key the object
 * @param before the object as it was; null when it came to be
 * @param after the object as it is; of a deletion, its last state with the version of the deletion
 */
record Change(
        long version,
        WatchListener.Type type,
        ObjectKey key,
        @Nullable Map<String, @Nullable Object> before,
        Map<String, @Nullable Object> after) {}
