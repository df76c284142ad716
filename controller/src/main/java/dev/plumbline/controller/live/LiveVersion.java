package dev.plumbline.controller.live;

import dev.plumbline.registry.json.Tree;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which object stands under a key, and in which state.
 *
 * @param uid its uid
 * @param resourceVersion its state
 */
public record LiveVersion(String uid, String resourceVersion) {

    /** That of an object. */
    public static LiveVersion of(Map<String, @Nullable Object> object) {
        return new LiveVersion(Tree.text(object, "metadata", "uid"), Tree.text(object, "metadata", "resourceVersion"));
    }

    /**
     * Whether this state came after another one of the same object. Both must come from the same kind of one cluster, whose
     * resourceVersions are integers that grow (KEP-5504, true of every API server on etcd); what is no integer is taken as newer.
     */
    public boolean after(LiveVersion other) {
        try {
            return Long.parseLong(resourceVersion) > Long.parseLong(other.resourceVersion);
        } catch (NumberFormatException e) {
            return true;
        }
    }
}
