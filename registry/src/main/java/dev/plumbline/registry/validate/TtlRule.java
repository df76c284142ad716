package dev.plumbline.registry.validate;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;

/** Finished runs live long enough to be recorded. */
final class TtlRule implements UncheckedRule {

    /** Seconds that a finished run must stay: enough for the recorder to come back after a restart. */
    static final long LEAST_SECONDS = 300;

    @Override
    public String id() {
        return "ttl-too-short";
    }

    @Override
    public String description() {
        return "A finished run stays for at least " + LEAST_SECONDS + " seconds, so that it can be recorded.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        ArgoObject argo = set.argo(object);
        Tree.map(argo.spec().tree(), "ttlStrategy").forEach((field, value) -> {
            if (value instanceof Number seconds && seconds.longValue() < LEAST_SECONDS) {
                report.add(
                        argo.path("ttlStrategy", field),
                        field + " is " + seconds + ": the run may be gone before it is recorded",
                        "keep finished runs for at least " + LEAST_SECONDS + " seconds");
            }
        });
    }
}
