package dev.plumbline.tests.benchmark;

import dev.plumbline.controller.apply.Applier;
import dev.plumbline.controller.apply.ApplyResult;
import dev.plumbline.controller.apply.Gate;
import dev.plumbline.controller.apply.InFlight;
import dev.plumbline.controller.apply.Pause;
import dev.plumbline.controller.diff.IgnoreRules;
import dev.plumbline.controller.inventory.Inventory;
import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.plan.Change;
import dev.plumbline.controller.plan.Desired;
import dev.plumbline.controller.plan.OtherSyncs;
import dev.plumbline.controller.plan.Plan;
import dev.plumbline.controller.plan.PlanInput;
import dev.plumbline.controller.plan.PlanRules;
import dev.plumbline.controller.plan.Planner;
import dev.plumbline.controller.spec.DeletionBudget;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.manifest.Origin;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.tests.parts.RealCluster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Measures the Applier on a real kube-apiserver, ConfigMaps created per second by the number of writes under way, beside the same
 * writes sent without it, and prints Markdown.
 */
public final class ApplyBenchmark {

    private static final int OBJECTS = 1_000;
    private static final List<Integer> IN_FLIGHT = List.of(8, 16, 32, 64);
    private static final CommitId COMMIT = new CommitId("7fd1a60b01f91b314f59955a4e4d4e80d8edf11d");
    private static final SyncId SYNC = new SyncId("bench", "apply");

    private ApplyBenchmark() {}

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        try (KubeCluster cluster = RealCluster.bare().connect()) {
            measure(cluster, "warm-up", 32, false);
            measure(cluster, "warm-up-bare", 32, true);
            System.out.println("| writes under way | Applier, objects/s | the bare writes, objects/s |\n|---|---|---|");
            for (int most : IN_FLIGHT) {
                double applied = measure(cluster, "applied-" + most, most, false);
                double bare = measure(cluster, "bare-" + most, most, true);
                System.out.printf("| %d | %.0f | %.0f |%n", most, applied, bare);
            }
        }
        System.exit(0);
    }

    private static double measure(KubeCluster cluster, String namespace, int most, boolean bare) throws Exception {
        cluster.create(
                Json.parseObject(
                        "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"" + namespace + "\"}}"),
                "bench");
        List<Desired> desired = new ArrayList<>();
        for (int i = 0; i < OBJECTS; i++) {
            Manifest manifest = Manifest.of(
                    Json.parseObject("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"settings-"
                            + i + "\",\"namespace\":\"" + namespace + "\"},\"data\":{\"value\":\"" + "x".repeat(500)
                            + "\"}}"),
                    Origin.of(Location.of("bench.yaml")));
            desired.add(new Desired(manifest, SYNC, COMMIT, false));
        }
        Plan plan = plan(desired);
        long begun = System.nanoTime();
        if (bare) {
            send(cluster, desired, most);
        } else {
            apply(cluster, plan, most);
        }
        return OBJECTS / ((System.nanoTime() - begun) / 1e9);
    }

    private static Plan plan(List<Desired> desired) {
        return Planner.plan(new PlanInput(
                SYNC,
                COMMIT,
                Digest.of("release"),
                desired,
                Inventory.empty(),
                new HashMap<>(),
                Map.of(),
                Set.of(),
                DeletionBudget.STANDARD,
                null,
                PlanRules.STANDARD,
                OtherSyncs.NONE));
    }

    private static void apply(KubeCluster cluster, Plan plan, int most) {
        Applier.Setup setup = new Applier.Setup(
                cluster,
                cluster,
                Gate.OPEN,
                key -> Optional.empty(),
                IgnoreRules.STANDARD,
                new InFlight(most),
                new InFlight(most),
                Pause.SLEEP);
        ApplyResult result = new Applier(setup)
                .apply(
                        plan,
                        Inventory.empty()
                                .including(
                                        plan.changes().stream().map(Change::key).toList()),
                        () -> false);
        if (!result.complete()) {
            throw new IllegalStateException(result.failures().getFirst().toString());
        }
    }

    private static void send(KubeCluster cluster, List<Desired> desired, int most) throws Exception {
        Semaphore permits = new Semaphore(most);
        List<Future<?>> sent = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Desired one : desired) {
                Map<String, @Nullable Object> content = one.stamped();
                sent.add(threads.submit(() -> {
                    permits.acquire();
                    try {
                        return cluster.apply(content, Applier.MANAGER, false, false);
                    } finally {
                        permits.release();
                    }
                }));
            }
        }
        for (Future<?> one : sent) {
            one.get();
        }
    }
}
