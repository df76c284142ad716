package dev.plumbline.controller.reconcile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plumbline.controller.local.cluster.EmbeddedCluster;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.history.Outcome;
import dev.plumbline.registry.memory.MemoryStores;
import dev.plumbline.registry.metrics.Metrics;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.source.MapRepository;
import dev.plumbline.registry.store.Stores;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which head was handled last is known after a start, although a head that changed nothing is written into history only. */
class HandledHeadTest {

    @TempDir
    Path folder;

    private final MapRepository repository = new MapRepository();
    private final Stores stores = MemoryStores.create();
    private final Map<String, String> files = new TreeMap<>(Map.of(
            "o/kustomization.yaml",
            "namespace: ml\nresources: [a.yaml]\n",
            "o/a.yaml",
            PlansMadeTest.configMap("a", "1")));

    @Test
    void aHeadThatChangedNothingIsOneWriteAndIsRemembered() throws Exception {
        CommitId first = repository.commit("first", files);
        CommitId second = commit("second", first);
        CommitId third = commit("third", second);
        try (EmbeddedCluster cluster = EmbeddedCluster.open(folder, InstantSource.system())) {
            cluster.create(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", "ml")), "test");
            SyncKeys keys;
            byte[] state;
            try (Sync sync = sync(cluster)) {
                keys = SyncKeys.of(cluster.clusterId(), sync.spec().id());
                PlansMadeTest.handle(List.of(sync), first);
                state = stores.refs().read(keys.state()).orElseThrow();
                PlansMadeTest.handle(List.of(sync), second);
            }
            assertArrayEquals(state, stores.refs().read(keys.state()).orElseThrow(), "no second write");

            try (Sync sync = sync(cluster)) {
                PlansMadeTest.handle(List.of(sync), second);
                assertEquals(2, sync.history().entries().size(), "the same head again is no news");
                HistoryEntry entry = PlansMadeTest.handle(List.of(sync), third);
                assertEquals(second, entry.previous());
                assertEquals(List.of(), entry.passedOver());
                assertEquals(
                        List.of(Outcome.APPLIED, Outcome.UNCHANGED, Outcome.UNCHANGED),
                        sync.history().entries().stream()
                                .map(HistoryEntry::outcome)
                                .toList());
            }
        }
    }

    private CommitId commit(String text, CommitId parent) {
        files.put("README.md", text);
        return repository.commit(text, files, parent);
    }

    private Sync sync(EmbeddedCluster cluster) throws Exception {
        return PlansMadeTest.sync("o", repository, cluster, stores, new Metrics("test"));
    }
}
