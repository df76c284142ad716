package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.apply.Applier;
import dev.plumbline.controller.apply.ClusterWriter;
import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.local.cluster.EmbeddedCluster;
import dev.plumbline.controller.reconcile.RenderedReleases;
import dev.plumbline.controller.reconcile.Sync;
import dev.plumbline.controller.reconcile.SyncSetup;
import dev.plumbline.controller.reconcile.SyncSpec;
import dev.plumbline.controller.spec.DeletionBudget;
import dev.plumbline.registry.blame.Timelines;
import dev.plumbline.registry.git.GitSource;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.history.Outcome;
import dev.plumbline.registry.history.Persons;
import dev.plumbline.registry.memory.MemoryStores;
import dev.plumbline.registry.metrics.Metrics;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.model.SyncId;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.store.Stores;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The newest commit wins: an older commit's slow apply is cancelled, and says so in history. */
class SlowApplyTest extends Scenario {

    /**
     * A cluster.
     *
     * @param connection what the caller closes
     */
    record Opened(ClusterReader reader, ClusterWriter writer, AutoCloseable connection) implements AutoCloseable {
        @Override
        public void close() throws Exception {
            connection.close();
        }
    }

    /** The cluster to which the commits are applied. */
    Opened cluster(Path root) throws Exception {
        EmbeddedCluster cluster = EmbeddedCluster.open(root.resolve("cluster"), InstantSource.system());
        return new Opened(cluster, cluster, cluster);
    }

    @Test
    void anOlderCommitsSlowApplyIsCancelledByANewerOne(@TempDir Path root) throws Exception {
        try (Desk desk = prepared(root);
                Opened cluster = cluster(root);
                GitSource source = GitSource.open(desk.repository().toString(), root.resolve("mirror"))) {
            SlowWriter writer = new SlowWriter(cluster.writer());
            String first = desk.head();
            try (Sync sync = sync(source, cluster.reader(), writer)) {
                sync.start();
                sync.seen(source.poll());
                assertTrue(writer.begun.await(20, TimeUnit.SECONDS), "the first apply has begun");
                desk.replace("pipelines/train/steps/train.sh", "recipe 1", "recipe 2");
                String second = desk.commit("Train with recipe 2");
                sync.seen(source.poll());
                writer.go.countDown();

                desk.await(
                        "the second commit is applied",
                        () -> sync.history()
                                .last()
                                .filter(entry -> entry.outcome() == Outcome.APPLIED)
                                .isPresent());
                List<HistoryEntry> entries = sync.history().entries();
                assertEquals(
                        List.of(Outcome.SUPERSEDED, Outcome.APPLIED),
                        entries.stream().map(HistoryEntry::outcome).toList());
                assertEquals(first, entries.get(0).commit().hex());
                assertEquals(second, entries.get(1).commit().hex());
                assertTrue(
                        entries.get(0).changes().stream()
                                .anyMatch(change -> change.error().contains("a newer commit came")),
                        entries.get(0).changes().toString());
            }
        }
    }

    private static Sync sync(GitSource source, ClusterReader cluster, ClusterWriter writer) throws Exception {
        Stores stores = MemoryStores.create();
        Renderer renderer = new Renderer();
        return Sync.open(SyncSetup.alone(
                new SyncSpec(
                        new SyncId("plumbline", "slow"),
                        source.url(),
                        "",
                        "overlays/local",
                        DeletionBudget.STANDARD,
                        false),
                source.repository(),
                new RenderedReleases(
                        source.repository(), renderer, "overlays/local", new Timelines(source.repository(), renderer)),
                stores,
                new Persons(stores.refs(), "persons", "salt"),
                Applier.Setup.alone(cluster, writer),
                notice -> {},
                new Metrics("test")));
    }

    /** Applies nothing before it is told to go on. */
    private static final class SlowWriter implements ClusterWriter {

        private final ClusterWriter writer;
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch go = new CountDownLatch(1);

        SlowWriter(ClusterWriter writer) {
            this.writer = writer;
        }

        @Override
        public Map<String, @Nullable Object> apply(
                Map<String, @Nullable Object> content, String manager, boolean force, boolean dryRun)
                throws ClusterException {
            begun.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return writer.apply(content, manager, force, dryRun);
        }

        @Override
        public Map<String, @Nullable Object> create(Map<String, @Nullable Object> content, String manager)
                throws ClusterException {
            return writer.create(content, manager);
        }

        @Override
        public Map<String, @Nullable Object> mergePatch(
                ObjectKey key, Map<String, @Nullable Object> patch, String manager) throws ClusterException {
            return writer.mergePatch(key, patch, manager);
        }

        @Override
        public void delete(ObjectKey key, DeleteOptions options) throws ClusterException {
            writer.delete(key, options);
        }
    }
}
