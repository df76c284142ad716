package dev.plumbline.controller.reconcile;

import dev.plumbline.controller.apply.ApplyResult;
import dev.plumbline.controller.health.Health;
import dev.plumbline.controller.health.HealthReport;
import dev.plumbline.registry.history.ReleaseRecord;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** How the applied objects of one sync are, as far as it was looked. Used by its worker alone. */
final class AppliedHealth {

    private final Applying applying;
    private HealthReport unwell = new HealthReport(new TreeMap<>());

    AppliedHealth(Applying applying) {
        this.applying = applying;
    }

    /** Waits for what was written, unless it was not all written, or a newer commit comes; then nothing is known of it. */
    void after(ApplyResult result, BooleanSupplier newer) {
        HealthReport settled = result.complete() ? applying.settled(result.health(), newer) : unwell;
        unwell = newer.getAsBoolean() ? new HealthReport(new TreeMap<>()) : settled;
    }

    /** Looks once at every object of a Release. */
    void look(ReleaseRecord release) {
        unwell = applying.look(release);
    }

    /** Looks again at what was not healthy; whether all of it is now, and something was not. */
    boolean recovered() {
        if (isWell()) {
            return false;
        }
        unwell = applying.settled(unwell, () -> true);
        return isWell();
    }

    boolean isWell() {
        return unwell.unwell().isEmpty();
    }

    /** Whether something failed, and is not only on its way. */
    boolean hasFailed() {
        return !isWell() && unwell.worst() == Health.FAILED;
    }

    String words() {
        return "not healthy: " + unwell.summary();
    }
}
