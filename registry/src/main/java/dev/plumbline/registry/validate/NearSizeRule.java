package dev.plumbline.registry.validate;

import dev.plumbline.registry.manifest.Manifest;
import java.util.List;

/** An object of Argo's leaves room for its status, which grows in the same object as it runs. */
final class NearSizeRule implements UncheckedRule {

    private static final long NEAR = ObjectSizeRule.MAX_CHARACTERS / 2;

    @Override
    public String id() {
        return "object-size-near";
    }

    @Override
    public String description() {
        return "An Argo object takes at most half of what a cluster stores, since a run's status is kept beside it.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        long size = set.argo(object).hasSpec() ? set.size(object) : 0;
        if (size > NEAR && size <= ObjectSizeRule.MAX_CHARACTERS) {
            report.add(
                    List.of(),
                    object.key().display() + " holds about " + size / 1024
                            + " KiB of text; with the status of a run it may pass" + " what a cluster stores",
                    "move scripts into ConfigMaps or images, or split it");
        }
    }
}
