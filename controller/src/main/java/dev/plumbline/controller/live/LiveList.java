package dev.plumbline.controller.live;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Objects of one kind as they were at one moment.
 *
 * @param resourceVersion the moment; a watch may go on from it
 * @param items the objects as plain trees; {@link ClusterReader#list} says in which order
 */
public record LiveList(String resourceVersion, List<Map<String, @Nullable Object>> items) {

    /** Keeps its own copy. */
    public LiveList {
        items = List.copyOf(items);
    }
}
