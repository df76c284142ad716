package dev.plumbline.controller.reconcile;

import dev.plumbline.controller.apply.Applier;
import dev.plumbline.controller.apply.ApplyResult;
import dev.plumbline.controller.apply.Gate;
import dev.plumbline.controller.health.Health;
import dev.plumbline.controller.health.HealthReport;
import dev.plumbline.controller.health.ObjectHealth;
import dev.plumbline.controller.plan.Change;
import dev.plumbline.controller.spec.Reason;
import dev.plumbline.controller.status.Wait;
import dev.plumbline.registry.history.ReleaseRecord;
import dev.plumbline.registry.model.ObjectKey;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** How the applied objects of one sync are, as far as it was looked. Used by its worker alone, but for what is volatile. */
final class AppliedHealth {

    private final Gate gate;
    private final Runnable waits;
    private final TreeMap<ObjectKey, ObjectHealth> unwell = new TreeMap<>();
    private volatile @Nullable Wait waiting;
    private volatile @Nullable Wait unhealthy;
    private volatile boolean stopped;

    /**
     * Nothing was looked at yet.
     *
     * @param waits called when a wait begins
     */
    AppliedHealth(Gate gate, Runnable waits) {
        this.gate = gate;
        this.waits = waits;
    }

    /** What is waited for now; null while nothing is. */
    @Nullable
    Wait waiting() {
        return waiting;
    }

    /** What is not healthy, in words; null while all of it is. */
    @Nullable
    Wait unhealthy() {
        return unhealthy;
    }

    /** Waits for nothing any more. */
    void stop() {
        stopped = true;
    }

    /**
     * Waits until what was written is healthy, one of it has failed, the patience ends, or a newer commit comes, in which case nothing is
     * said of it. What was not written stays as it was.
     */
    void after(ApplyResult result, BooleanSupplier newer) {
        if (!result.complete()) {
            return;
        }
        unwell.keySet()
                .retainAll(result.results().stream()
                        .map(ApplyResult.Result::change)
                        .filter(change -> !change.writes())
                        .map(Change::key)
                        .toList());
        Map<ObjectKey, ObjectHealth> written = result.health().unwell();
        if (written.keySet().stream().anyMatch(Applier::isWaitedFor)) {
            waiting = Wait.of(Reason.WAITING_FOR_HEALTH, written.size() + " objects are on their way to health");
            waits.run();
            Map<ObjectKey, ObjectHealth> settled = settled(written, newer);
            waiting = null;
            if (!newer.getAsBoolean() && !stopped) {
                unwell.putAll(settled);
            }
        }
        say();
    }

    private void say() {
        unhealthy = isWell() ? null : Wait.of(Reason.HEALTH_FAILED, words());
    }

    /** Looks once at every object of a Release. */
    void look(ReleaseRecord release) {
        TreeMap<ObjectKey, ObjectHealth> objects = new TreeMap<>();
        release.objects().forEach(object -> objects.put(object.key(), ObjectHealth.inProgress("not looked at yet")));
        again(objects);
    }

    /** Looks again at what was not healthy; whether all of it is now, and something was not. */
    boolean recovered() {
        if (isWell()) {
            return false;
        }
        again(new TreeMap<>(unwell));
        return isWell();
    }

    boolean isWell() {
        return unwell.isEmpty();
    }

    /** Whether something failed, and is not only on its way. */
    boolean hasFailed() {
        return !isWell() && new HealthReport(unwell).worst() == Health.FAILED;
    }

    String words() {
        return "not healthy: " + new HealthReport(unwell).summary();
    }

    private void again(Map<ObjectKey, ObjectHealth> objects) {
        unwell.clear();
        unwell.putAll(settled(objects, () -> true));
        say();
    }

    private Map<ObjectKey, ObjectHealth> settled(Map<ObjectKey, ObjectHealth> objects, BooleanSupplier enough) {
        TreeMap<ObjectKey, ObjectHealth> waited = new TreeMap<>(objects);
        waited.keySet().removeIf(key -> !Applier.isWaitedFor(key));
        if (waited.isEmpty() || gate.equals(Gate.OPEN)) {
            return Map.of();
        }
        return gate.settled(waited, () -> stopped || enough.getAsBoolean()).unwell();
    }
}
