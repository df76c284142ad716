package dev.plumbline.controller.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.apply.ApplyResult;
import dev.plumbline.controller.apply.Gate;
import dev.plumbline.controller.health.HealthReport;
import dev.plumbline.controller.health.ObjectHealth;
import dev.plumbline.controller.inventory.Inventory;
import dev.plumbline.controller.plan.Action;
import dev.plumbline.controller.plan.Change;
import dev.plumbline.controller.spec.Reason;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AppliedHealthTest {

    private static final ObjectKey A = new ObjectKey("apps", "Deployment", "default", "a");
    private static final ObjectKey B = new ObjectKey("apps", "Deployment", "default", "b");

    private final Map<ObjectKey, ObjectHealth> live = new HashMap<>();
    private final List<Reason> waits = new ArrayList<>();
    private final AppliedHealth health = new AppliedHealth(new Fixed(), this::waits);

    private void waits() {
        waits.add(health.waiting().reason());
    }

    @Test
    void whatIsNotHealthyIsSaidUntilItIs() {
        live.put(A, ObjectHealth.failed("no such image"));
        health.after(applied(Map.of(A, Action.CREATE)), () -> false);
        assertTrue(health.hasFailed());
        assertTrue(health.words().contains("no such image"), health.words());
        assertEquals(List.of(Reason.WAITING_FOR_HEALTH), waits);
        assertNull(health.waiting());

        assertFalse(health.recovered());
        live.put(A, ObjectHealth.current(""));
        assertTrue(health.recovered());
        assertTrue(health.isWell());
        assertFalse(health.recovered());
    }

    @Test
    void writingOneObjectMakesAnotherNoHealthier() {
        live.put(A, ObjectHealth.failed("no such image"));
        live.put(B, ObjectHealth.current(""));
        health.after(applied(Map.of(A, Action.CREATE, B, Action.CREATE)), () -> false);
        health.after(applied(Map.of(A, Action.UNCHANGED, B, Action.UPDATE)), () -> false);
        assertTrue(health.words().contains("no such image"), health.words());
    }

    @Test
    void whatIsDeletedIsForgotten() {
        live.put(A, ObjectHealth.failed("no such image"));
        health.after(applied(Map.of(A, Action.CREATE)), () -> false);
        health.after(applied(Map.of(A, Action.DELETE)), () -> false);
        assertTrue(health.isWell());
    }

    @Test
    void ofWhatANewerCommitReplacesNothingIsSaid() {
        live.put(A, ObjectHealth.failed("no such image"));
        health.after(applied(Map.of(A, Action.CREATE)), () -> true);
        assertTrue(health.isWell());
    }

    @Test
    void whoEndsDoesNotWait() {
        live.put(A, ObjectHealth.inProgress("0 of 1"));
        health.stop();
        health.after(applied(Map.of(A, Action.CREATE)), () -> false);
        assertTrue(health.isWell());
    }

    private static ApplyResult applied(Map<ObjectKey, Action> changes) {
        List<ApplyResult.Result> results = new ArrayList<>();
        TreeMap<ObjectKey, ObjectHealth> written = new TreeMap<>();
        changes.forEach((key, action) -> {
            Change change =
                    new Change(action, key, 0, null, null, null, null, null, true, List.of(), "", null, false, "");
            results.add(new ApplyResult.Result(change, null, ApplyResult.Cause.NONE, ""));
            if (action == Action.CREATE || action == Action.UPDATE) {
                written.put(key, ObjectHealth.inProgress("it was just applied"));
            }
        });
        return new ApplyResult(results, Inventory.empty(), new HealthReport(written), false);
    }

    /** Says what is live; one that is asked for what nobody ends would wait for ever. */
    private final class Fixed implements Gate {

        @Override
        public ObjectHealth first(Map<String, @Nullable Object> answer) {
            return ObjectHealth.inProgress("it was just applied");
        }

        @Override
        public HealthReport settled(SortedMap<ObjectKey, ObjectHealth> objects, BooleanSupplier cancelled) {
            TreeMap<ObjectKey, ObjectHealth> report = new TreeMap<>(objects);
            report.replaceAll((key, before) -> live.getOrDefault(key, ObjectHealth.notFound()));
            boolean waits =
                    report.values().stream().anyMatch(one -> one.reason().equals("0 of 1"));
            assertTrue(!waits || cancelled.getAsBoolean(), "it would wait");
            return new HealthReport(report);
        }
    }
}
