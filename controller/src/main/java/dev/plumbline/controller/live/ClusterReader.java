package dev.plumbline.controller.live;

import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads a cluster. Objects are plain trees as the API returns them ({@code managedFields} included) and may not be
 * changed. Every call is bounded in time. Many threads may call it.
 */
public interface ClusterReader {

    /**
     * What identifies the cluster for ever: the uid of {@code kube-system}, or a UUID made with the embedded data folder.
     *
     * @throws ClusterException when it cannot be read
     */
    String clusterId() throws ClusterException;

    /**
     * One object; empty when the cluster says that there is none.
     *
     * @throws ClusterException when the cluster does not say so
     */
    Optional<Map<String, @Nullable Object>> get(ObjectKey key) throws ClusterException;

    /**
     * The version of one object, which a reader that watches may know without asking; empty when the cluster says that there is
     * none.
     *
     * @throws ClusterException when the cluster does not say so
     */
    default Optional<LiveVersion> version(ObjectKey key) throws ClusterException {
        return get(key).map(LiveVersion::of);
    }

    /**
     * The version of one object, where a reader knows it without asking anybody; empty when it would have to ask.
     *
     * @throws ClusterException when what it would know it from cannot be read
     */
    default Optional<LiveVersion> seen(ObjectKey key) throws ClusterException {
        return Optional.empty();
    }

    /**
     * All objects of a kind that a selection admits, ordered by namespace and name, and the resourceVersion of the list.
     *
     * @throws ClusterException when they cannot be read
     */
    LiveList list(Selection selection) throws ClusterException;

    /**
     * Hands over all objects of a kind one by one, for who does not want to hold them all. When the cluster interrupts the list, it
     * begins anew, so that an object may be handed over twice, or be gone by now.
     *
     * @return the resourceVersion of the list; a watch may go on from it
     * @throws ClusterException when they cannot be read
     */
    default String list(Selection selection, Consumer<Map<String, @Nullable Object>> each) throws ClusterException {
        LiveList list = list(selection);
        list.items().forEach(each);
        return list.resourceVersion();
    }

    /**
     * The objects of a selection whose keys are asked for. A reader that watches them may know them without asking; what changed in the
     * last moment it does not know then.
     *
     * @throws ClusterException when they cannot be read
     */
    default List<Map<String, @Nullable Object>> watched(Selection selection, Predicate<ObjectKey> which)
            throws ClusterException {
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        for (Map<String, @Nullable Object> object : list(selection).items()) {
            if (which.test(Manifest.keyOf(object))) {
                found.add(object);
            }
        }
        return found;
    }

    /**
     * Watches what a selection admits, from just after a resourceVersion on, in the order in which it happened. Events are
     * delivered by one thread. An object whose labels leave the selection is delivered as DELETED, as Kubernetes does.
     *
     * @throws ClusterException with reason GONE when that resourceVersion is too old: list again
     */
    Watch watch(Selection selection, String resourceVersion, WatchListener listener) throws ClusterException;
}
