package dev.plumbline.controller.live;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Receives what a watch sees. */
public interface WatchListener {

    /** One change. A DELETED object is in its last state, with the resourceVersion of its deletion. */
    void changed(Type type, Map<String, @Nullable Object> object);

    /** The watch ended by itself; its last words say why. With reason GONE the caller lists again. */
    void ended(ClusterException why);

    /** What happened to the object. */
    enum Type {
        /** It came to be, or came into the selection. */
        ADDED,
        /** It changed. */
        MODIFIED,
        /** It is gone, or left the selection. */
        DELETED
    }
}
