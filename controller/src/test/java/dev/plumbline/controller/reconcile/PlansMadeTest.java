package dev.plumbline.controller.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.apply.Applier;
import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.controller.local.cluster.EmbeddedCluster;
import dev.plumbline.controller.spec.DeletionBudget;
import dev.plumbline.registry.blame.RandomHistory;
import dev.plumbline.registry.blame.Timelines;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.history.Outcome;
import dev.plumbline.registry.history.Persons;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.memory.MemoryStores;
import dev.plumbline.registry.metrics.Metrics;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.source.MapRepository;
import dev.plumbline.registry.store.Stores;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan is made when it could find something to do, and otherwise it is not. */
class PlansMadeTest {

    private static final int SYNCS = 20;

    @TempDir
    Path folder;

    private final MapRepository repository = new MapRepository();

    @Test
    void aCommitIsPlannedByTheSyncsThatItConcerns() throws Exception {
        Metrics metrics = new Metrics("test");
        Map<String, String> files = new TreeMap<>();
        for (int i = 0; i < SYNCS; i++) {
            files.put("o" + i + "/kustomization.yaml", "namespace: ml\nresources: [a.yaml]\n");
            files.put("o" + i + "/a.yaml", configMap("a" + i, "1"));
        }
        CommitId first = repository.commit("first", files);
        try (EmbeddedCluster cluster = cluster("cluster")) {
            List<Sync> syncs = new ArrayList<>();
            Stores stores = MemoryStores.create();
            for (int i = 0; i < SYNCS; i++) {
                syncs.add(sync("o" + i, repository, cluster, stores, metrics));
            }
            handle(syncs, first);
            assertEquals(SYNCS, plans(metrics));

            files.put("README.md", "text");
            CommitId second = repository.commit("text", files, first);
            handle(syncs, second);
            assertEquals(SYNCS, plans(metrics), "a commit that concerns nobody is planned by nobody");

            files.put("o3/a.yaml", configMap("a3", "2"));
            CommitId third = repository.commit("one", files, second);
            handle(syncs, third);
            assertEquals(SYNCS + 1, plans(metrics), "a commit that concerns one sync is planned by it");

            cluster.mergePatch(key("a5"), Map.of("data", Map.of("value", "by hand")), "hand");
            files.put("README.md", "other text");
            handle(syncs, repository.commit("other text", files, third));
            assertEquals(
                    SYNCS + 2, plans(metrics), "what somebody changed is planned although the commit means the same");
            assertEquals("1", Tree.text(cluster.get(key("a5")).orElseThrow(), "data", "value"));
            syncs.forEach(Sync::close);
        }
    }

    /** Whether plans are left out or not, the cluster is what a program makes of it that starts with nothing at that commit. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void overRandomHistoriesAndForeignHandsTheClusterIsThatOfAFreshStart(long seed) throws Exception {
        List<CommitId> history = inNamespace(new RandomHistory(seed, 25));
        Random random = new Random(seed);
        Metrics metrics = new Metrics("test");
        int unplanned = 0;
        try (EmbeddedCluster cluster = cluster("kept");
                Sync kept = sync("overlay", repository, cluster, MemoryStores.create(), metrics)) {
            for (CommitId commit : history) {
                boolean hand = random.nextInt(3) == 0 && hand(cluster, random);
                long before = plans(metrics);
                HistoryEntry entry = handle(List.of(kept), commit);
                unplanned += entry.outcome() == Outcome.UNCHANGED && plans(metrics) == before ? 1 : 0;
                assertTrue(!hand || entry.outcome() == Outcome.BROKEN || plans(metrics) > before, "a hand is seen");
                if (entry.outcome() != Outcome.BROKEN) {
                    assertEquals(fresh(commit), contents(cluster), () -> entry.subject());
                }
            }
        }
        assertTrue(unplanned > 0, "some commits change nothing");
    }

    /** The same commits, one after the other, of objects in a namespace. */
    private List<CommitId> inNamespace(RandomHistory history) {
        List<CommitId> line = new ArrayList<>();
        for (CommitId commit : history.mainline) {
            Map<String, String> files = new TreeMap<>(history.repository.texts(commit));
            files.computeIfPresent("overlay/kustomization.yaml", (path, text) -> "namespace: ml\n" + text);
            line.add(repository.commit(
                    "commit " + line.size(),
                    files,
                    line.isEmpty() ? new CommitId[0] : new CommitId[] {line.getLast()}));
        }
        return line;
    }

    /** Changes, adds to or deletes one object; false where there is none. */
    private static boolean hand(EmbeddedCluster cluster, Random random) throws Exception {
        List<String> names = List.copyOf(contents(cluster).keySet());
        if (names.isEmpty()) {
            return false;
        }
        ObjectKey key = key(names.get(random.nextInt(names.size())));
        switch (random.nextInt(3)) {
            case 0 ->
                cluster.delete(
                        key, DeleteOptions.exactly(Tree.text(cluster.get(key).orElseThrow(), "metadata", "uid")));
            case 1 -> cluster.mergePatch(key, Map.of("data", Map.of("value", "by hand")), "hand");
            default -> cluster.mergePatch(key, Map.of("data", Map.of("more", "by hand")), "hand");
        }
        return true;
    }

    private Map<String, @Nullable Object> fresh(CommitId commit) throws Exception {
        try (EmbeddedCluster cluster = cluster("fresh-" + commit.abbreviated());
                Sync sync = sync("overlay", repository, cluster, MemoryStores.create(), new Metrics("test"))) {
            handle(List.of(sync), commit);
            return contents(cluster);
        }
    }

    private static Map<String, @Nullable Object> contents(EmbeddedCluster cluster) throws Exception {
        Map<String, @Nullable Object> contents = new TreeMap<>();
        for (Map<String, @Nullable Object> object :
                cluster.list(Selection.of("", "ConfigMap", "ml")).items()) {
            Map<String, @Nullable Object> content = new LinkedHashMap<>();
            content.put("data", object.get("data"));
            content.put("labels", Tree.at(object, "metadata", "labels", "env"));
            contents.put(Tree.text(object, "metadata", "name"), content);
        }
        return contents;
    }

    /** Hands a head to all, and waits until they rest. */
    static HistoryEntry handle(List<Sync> syncs, CommitId head) throws Exception {
        syncs.forEach(sync -> sync.head(head));
        HistoryEntry last = null;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        for (Sync sync : syncs) {
            while (last == null
                    || !sync.history().last().map(HistoryEntry::commit).equals(java.util.Optional.of(head))) {
                if (System.nanoTime() > end) {
                    throw new AssertionError(sync.standing().toString());
                }
                TimeUnit.MILLISECONDS.sleep(1);
                last = sync.history().last().orElse(null);
            }
            last = sync.undisturbed(() -> sync.history().last().orElseThrow());
        }
        return java.util.Objects.requireNonNull(last);
    }

    private static long plans(Metrics metrics) {
        return metrics.text()
                .lines()
                .filter(line -> line.startsWith("plumbline_plans_total{"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static ObjectKey key(String name) {
        return new ObjectKey("", "ConfigMap", "ml", name);
    }

    static String configMap(String name, String value) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\ndata: {value: \"" + value + "\"}\n";
    }

    private EmbeddedCluster cluster(String name) throws Exception {
        EmbeddedCluster cluster = EmbeddedCluster.open(folder.resolve(name), InstantSource.system());
        cluster.create(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", "ml")), "test");
        return cluster;
    }

    static Sync sync(String path, MapRepository commits, EmbeddedCluster cluster, Stores stores, Metrics metrics)
            throws Exception {
        Renderer renderer = new Renderer();
        Sync sync = Sync.open(SyncSetup.alone(
                new SyncSpec(new SyncId("ml", path), "memory", "", path, DeletionBudget.UNLIMITED, false),
                commits,
                new RenderedReleases(commits, renderer, path, new Timelines(commits, renderer)),
                stores,
                new Persons(stores.refs(), "persons", "salt"),
                Applier.Setup.alone(cluster, cluster),
                notice -> {},
                metrics));
        sync.start();
        return sync;
    }
}
