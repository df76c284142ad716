package dev.plumbline.controller.apply;

import dev.plumbline.controller.apply.ApplyResult.Cause;
import dev.plumbline.controller.apply.ApplyResult.Result;
import dev.plumbline.controller.apply.ChangeWriter.Done;
import dev.plumbline.controller.diff.FieldOwner;
import dev.plumbline.controller.diff.IgnoreRules;
import dev.plumbline.controller.health.Health;
import dev.plumbline.controller.health.HealthReport;
import dev.plumbline.controller.health.ObjectHealth;
import dev.plumbline.controller.inventory.Inventory;
import dev.plumbline.controller.inventory.Inventory.Item;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.plan.Change;
import dev.plumbline.controller.plan.Plan;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.SyncId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Does what a Plan says, wave by wave, the changes of a wave at once on virtual threads, all under one field manager. The
 * caller has recorded {@code inventory.including(plan's keys)} before (law 4).
 */
public final class Applier {

    /** The field manager under which Plumbline applies. */
    public static final String MANAGER = FieldOwner.OURS;

    /** Kinds that no later wave waits for: runs take as long as they take, and a claim may wait for its first pod. */
    private static final Set<String> NOT_WAITED_FOR = Set.of("Workflow", "Job", "Pod", "PersistentVolumeClaim");

    private final Setup setup;

    /** An applier for one sync. */
    public Applier(Setup setup) {
        this.setup = setup;
    }

    /**
     * What an applier works with.
     *
     * @param reader looks at the cluster
     * @param writer changes it
     * @param gate what later waves wait for
     * @param elsewhere which other sync wants an object now; asked before each deletion
     * @param ignore whose fields may be taken for granted
     * @param own how many changes of this sync may be under way
     * @param inFlight how many writes of all syncs of the cluster may be
     * @param pause how time passes between attempts
     */
    public record Setup(
            ClusterReader reader,
            ClusterWriter writer,
            Gate gate,
            Function<ObjectKey, Optional<SyncId>> elsewhere,
            IgnoreRules ignore,
            InFlight own,
            InFlight inFlight,
            Pause pause) {

        /** Of a sync that is alone in its cluster and waits for nothing. */
        public static Setup alone(ClusterReader reader, ClusterWriter writer) {
            return new Setup(
                    reader,
                    writer,
                    Gate.OPEN,
                    key -> Optional.empty(),
                    IgnoreRules.STANDARD,
                    new InFlight(InFlight.SYNC),
                    new InFlight(InFlight.CLUSTER),
                    Pause.SLEEP);
        }
    }

    /**
     * Applies a plan. A wave that has a failure is finished, and no further wave is begun. Of a plan with refusals nothing is done.
     *
     * @param inventory what was recorded before the first write
     * @param cancelled asked before each object; when it turns true, the rest is left undone
     */
    public ApplyResult apply(Plan plan, Inventory inventory, BooleanSupplier cancelled) {
        if (!plan.refusals().isEmpty()) {
            return refused(plan, inventory);
        }
        TreeMap<Integer, List<Change>> waves = new TreeMap<>();
        for (Change change : plan.changes()) {
            waves.computeIfAbsent(change.wave(), wave -> new ArrayList<>()).add(change);
        }
        ChangeWriter writer = new ChangeWriter(setup, plan, cancelled);
        List<Done> done = new ArrayList<>();
        boolean failed = false;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Map.Entry<Integer, List<Change>> wave : waves.entrySet()) {
                if (failed || cancelled.getAsBoolean()) {
                    break;
                }
                List<Done> finished = wave(wave.getValue(), inventory, threads, writer, cancelled);
                boolean more = waves.tailMap(wave.getKey(), false).values().stream()
                        .anyMatch(later -> later.stream().anyMatch(Change::writes));
                finished = more && !anyFailed(finished) ? settled(finished, cancelled) : finished;
                failed = anyFailed(finished);
                done.addAll(finished);
            }
        }
        boolean stopped = !failed && done.size() < plan.changes().size();
        return new ApplyResult(done.stream().map(Done::result).toList(), after(inventory, done), health(done), stopped);
    }

    private static ApplyResult refused(Plan plan, Inventory inventory) {
        List<Result> results = plan.refusals().stream()
                .map(change -> new Result(change, change.refusal(), Cause.OPERATOR, ""))
                .toList();
        return new ApplyResult(results, inventory, new HealthReport(new TreeMap<>()), false);
    }

    private List<Done> wave(
            List<Change> wave,
            Inventory inventory,
            ExecutorService threads,
            ChangeWriter writer,
            BooleanSupplier cancelled) {
        List<Future<@Nullable Done>> futures = new ArrayList<>();
        for (Change change : wave) {
            Item known = inventory.items().getOrDefault(change.key(), Item.claimed());
            // Asked when its turn has come, so that what waits is left undone.
            InFlight.Call<@Nullable Done> one = () -> cancelled.getAsBoolean() ? null : writer.write(change, known);
            Callable<@Nullable Done> inTurn = () -> setup.own().call(one);
            // Most of a large sync stays as it is, which needs no thread.
            futures.add(
                    change.writes()
                            ? threads.submit(inTurn)
                            : CompletableFuture.completedFuture(
                                    cancelled.getAsBoolean() ? null : writer.write(change, known)));
        }
        List<Done> done = new ArrayList<>();
        for (Future<@Nullable Done> future : futures) {
            try {
                Done one = future.get();
                if (one != null) {
                    done.add(one);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return done;
            } catch (ExecutionException e) {
                throw new IllegalStateException("applying a change ended by a bug", e.getCause());
            }
        }
        return done;
    }

    /** Whether others may have to wait until it is healthy. */
    public static boolean isWaitedFor(ObjectKey key) {
        return !NOT_WAITED_FOR.contains(key.kind());
    }

    private static boolean anyFailed(List<Done> done) {
        return done.stream().anyMatch(one -> one.result().error() != null);
    }

    /** The same after the gate, where what did not become Current has failed. */
    private List<Done> settled(List<Done> finished, BooleanSupplier cancelled) {
        SortedMap<ObjectKey, ObjectHealth> waited =
                new TreeMap<>(health(finished).unwell());
        waited.keySet().removeIf(key -> !isWaitedFor(key));
        if (waited.isEmpty()) {
            return finished;
        }
        SortedMap<ObjectKey, ObjectHealth> now =
                setup.gate().settled(waited, cancelled).objects();
        boolean stopped = cancelled.getAsBoolean();
        List<Done> after = new ArrayList<>();
        for (Done one : finished) {
            ObjectHealth health = now.get(one.result().change().key());
            after.add(health == null || stopped ? one : settled(one, health));
        }
        return after;
    }

    private static Done settled(Done one, ObjectHealth health) {
        if (health.health() == Health.CURRENT) {
            return new Done(one.result(), one.item(), health);
        }
        Change change = one.result().change();
        String error = change.key().display()
                + " was applied and is not ready, so nothing that may need it is applied: " + health;
        Cause cause = health.health() == Health.FAILED ? Cause.CONTENT : Cause.TIME;
        return new Done(new Result(change, error, cause, ""), one.item(), health);
    }

    private static HealthReport health(List<Done> done) {
        TreeMap<ObjectKey, ObjectHealth> objects = new TreeMap<>();
        for (Done one : done) {
            if (one.health() != null) {
                objects.put(one.result().change().key(), one.health());
            }
        }
        return new HealthReport(objects);
    }

    private static Inventory after(Inventory inventory, List<Done> done) {
        Map<ObjectKey, Item> items = new LinkedHashMap<>(inventory.items());
        for (Done one : done) {
            if (one.item() == null) {
                items.remove(one.result().change().key());
            } else {
                items.put(one.result().change().key(), one.item());
            }
        }
        return new Inventory(items);
    }
}
