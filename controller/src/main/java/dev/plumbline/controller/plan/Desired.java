package dev.plumbline.controller.plan;

import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.release.Stamps;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One object that a Release wants.
 *
 * @param manifest its content without stamps
 * @param sync the sync that wants it
 * @param commit blame of the object; null where it is not known
 * @param version whether it is an immutable template version: created once and never written again
 */
public record Desired(
        Manifest manifest, SyncId sync, @Nullable CommitId commit, boolean version) {

    /** Its content with stamps: what is sent to the cluster. Made at each call, as a plan writes few of its objects. */
    public Map<String, @Nullable Object> stamped() {
        return Stamps.stamp(manifest, sync, commit);
    }
}
