package dev.plumbline.controller.app.operator;

import dev.plumbline.controller.apply.ClusterWriter;
import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterException.Reason;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.live.LiveList;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.controller.live.Watch;
import dev.plumbline.controller.live.WatchListener;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** One Lease and its resourceVersion, and a switch that makes every answer wait: what a real server cannot be told to do. */
final class LeaseServer implements ClusterReader, ClusterWriter {

    private @Nullable Map<String, @Nullable Object> lease;
    private long version;
    private volatile @Nullable CountDownLatch hanging;

    void hang() {
        hanging = new CountDownLatch(1);
    }

    void goOn() {
        CountDownLatch latch = hanging;
        hanging = null;
        if (latch != null) {
            latch.countDown();
        }
    }

    private void answer() {
        CountDownLatch latch = hanging;
        try {
            if (latch != null) {
                latch.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Optional<Map<String, @Nullable Object>> get(ObjectKey key) {
        answer();
        synchronized (this) {
            return Optional.ofNullable(lease);
        }
    }

    @Override
    public Map<String, @Nullable Object> create(Map<String, @Nullable Object> content, String manager)
            throws ClusterException {
        answer();
        synchronized (this) {
            if (lease != null) {
                throw new ClusterException(Reason.ALREADY_EXISTS, null, "it is there");
            }
            return stored(Tree.copy(content));
        }
    }

    @Override
    public Map<String, @Nullable Object> mergePatch(ObjectKey key, Map<String, @Nullable Object> patch, String manager)
            throws ClusterException {
        answer();
        synchronized (this) {
            String expected = Tree.text(patch, "metadata", "resourceVersion");
            if (lease == null || !(expected.isEmpty() || expected.equals(Long.toString(version)))) {
                throw new ClusterException(Reason.CONFLICT, key, "somebody else wrote it");
            }
            Map<String, @Nullable Object> merged = Tree.copy(lease);
            Tree.map(patch, "spec").forEach((name, value) -> Tree.set(merged, value, "spec", name));
            return stored(merged);
        }
    }

    private Map<String, @Nullable Object> stored(Map<String, @Nullable Object> content) {
        Tree.set(content, Long.toString(++version), "metadata", "resourceVersion");
        lease = content;
        return content;
    }

    @Override
    public String clusterId() {
        throw new UnsupportedOperationException("a lease needs none");
    }

    @Override
    public LiveList list(Selection selection) {
        throw new UnsupportedOperationException("a lease is not listed");
    }

    @Override
    public Watch watch(Selection selection, String resourceVersion, WatchListener listener) {
        throw new UnsupportedOperationException("a lease is not watched");
    }

    @Override
    public Map<String, @Nullable Object> apply(
            Map<String, @Nullable Object> content, String manager, boolean force, boolean dryRun) {
        throw new UnsupportedOperationException("a lease is not applied");
    }

    @Override
    public void delete(ObjectKey key, DeleteOptions options) {
        throw new UnsupportedOperationException("a lease is not deleted");
    }
}
