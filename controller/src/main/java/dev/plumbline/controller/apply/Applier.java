package dev.plumbline.controller.apply;

import dev.plumbline.controller.apply.ApplyResult.Result;
import dev.plumbline.controller.inventory.Inventory;
import dev.plumbline.controller.inventory.Inventory.Item;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.plan.Action;
import dev.plumbline.controller.plan.Change;
import dev.plumbline.controller.plan.Plan;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Does what a Plan says, wave by wave, the changes of a wave at once on virtual threads, all under one field manager. The
 * caller has recorded {@code inventory.including(plan's keys)} before (law 4).
 */
public final class Applier {

    /** The field manager under which Plumbline applies. */
    public static final String MANAGER = "plumbline";

    private final ClusterWriter writer;

    /** An applier on one cluster. */
    public Applier(ClusterWriter writer) {
        this.writer = writer;
    }

    /**
     * Applies a plan. A wave that has a failure is finished, and no further wave is begun.
     *
     * @param inventory what was recorded before the first write
     * @param cancelled asked before each object; when it turns true, the rest is left undone
     */
    public ApplyResult apply(Plan plan, Inventory inventory, BooleanSupplier cancelled) {
        TreeMap<Integer, List<Change>> waves = new TreeMap<>();
        for (Change change : plan.changes()) {
            waves.computeIfAbsent(change.wave(), wave -> new ArrayList<>()).add(change);
        }
        List<Done> done = new ArrayList<>();
        boolean failed = false;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (List<Change> wave : waves.values()) {
                if (failed || cancelled.getAsBoolean()) {
                    break;
                }
                List<Done> finished = wave(wave, inventory, threads, cancelled);
                failed = finished.stream().anyMatch(one -> one.result().error() != null);
                done.addAll(finished);
            }
        }
        boolean stopped = !failed && done.size() < plan.changes().size();
        return new ApplyResult(done.stream().map(Done::result).toList(), after(inventory, done), stopped);
    }

    private List<Done> wave(
            List<Change> wave, Inventory inventory, ExecutorService threads, BooleanSupplier cancelled) {
        List<Future<@Nullable Done>> futures = new ArrayList<>();
        for (Change change : wave) {
            Callable<@Nullable Done> one = () -> cancelled.getAsBoolean() ? null : change(change, inventory);
            futures.add(threads.submit(one));
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

    private Done change(Change change, Inventory inventory) {
        Item known = inventory.items().getOrDefault(change.key(), Item.claimed());
        try {
            return switch (change.action()) {
                case CREATE, UPDATE -> {
                    Map<String, @Nullable Object> content = Objects.requireNonNull(change.content());
                    Map<String, @Nullable Object> live = writer.apply(content, MANAGER, change.owned(), false);
                    Item item = new Item(
                            Tree.text(live, "metadata", "uid"),
                            change.after(),
                            Tree.text(live, "metadata", "resourceVersion"));
                    yield new Done(new Result(change, null, false), item);
                }
                case DELETE -> {
                    delete(change);
                    yield new Done(new Result(change, null, false), null);
                }
                case UNCHANGED, SKIP -> new Done(new Result(change, null, false), known);
            };
        } catch (ClusterException e) {
            return new Done(new Result(change, message(change, e), e.retryable()), known);
        }
    }

    private void delete(Change change) throws ClusterException {
        if (change.uid() == null || change.uid().isEmpty()) {
            return; // It was claimed and never came to be.
        }
        // A CronWorkflow owns its runs: deleting it must not delete them (#argo: controller ownerReference).
        boolean orphan = change.key().kind().equals("CronWorkflow");
        try {
            writer.delete(change.key(), new DeleteOptions(change.uid(), null, orphan));
        } catch (ClusterException e) {
            if (e.reason() != ClusterException.Reason.NOT_FOUND) {
                throw e;
            }
        }
    }

    private static Inventory after(Inventory inventory, List<Done> done) {
        TreeMap<ObjectKey, Item> items = new TreeMap<>(inventory.items());
        for (Done one : done) {
            if (one.item() == null) {
                items.remove(one.result().change().key());
            } else {
                items.put(one.result().change().key(), one.item());
            }
        }
        return new Inventory(items);
    }

    private static String message(Change change, ClusterException e) {
        String verb = change.action() == Action.DELETE ? "delete" : "apply";
        return "could not " + verb + " " + change.key().display() + ": " + e.getMessage();
    }

    private record Done(Result result, @Nullable Item item) {}
}
