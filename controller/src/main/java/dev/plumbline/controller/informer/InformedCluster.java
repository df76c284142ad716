package dev.plumbline.controller.informer;

import dev.plumbline.controller.apply.ClusterWriter;
import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.live.LiveList;
import dev.plumbline.controller.live.LiveVersion;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.controller.live.Watch;
import dev.plumbline.controller.live.WatchListener;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A cluster seen through informers: what they saw is answered without a call, everything else is asked, in the name of whoever the
 * reader and the writer act for. What a write answers is known at once.
 */
public final class InformedCluster implements ClusterReader, ClusterWriter {

    private final String clusterId;
    private final Informers informers;
    private final ClusterReader reader;
    private final ClusterWriter writer;

    /** A view of the cluster of that id, which the informers follow too. */
    public InformedCluster(String clusterId, Informers informers, ClusterReader reader, ClusterWriter writer) {
        this.clusterId = clusterId;
        this.informers = informers;
        this.reader = reader;
        this.writer = writer;
    }

    @Override
    public String clusterId() {
        return clusterId;
    }

    @Override
    public Optional<Map<String, @Nullable Object>> get(ObjectKey key) throws ClusterException {
        Optional<Map<String, @Nullable Object>> seen = informers.of(key).flatMap(informer -> informer.get(key));
        return seen.isPresent() ? seen : reader.get(key); // A watch alone is never believed that something is missing.
    }

    @Override
    public Optional<LiveVersion> version(ObjectKey key) throws ClusterException {
        Optional<LiveVersion> seen = seen(key);
        return seen.isPresent() ? seen : reader.version(key);
    }

    @Override
    public Optional<LiveVersion> seen(ObjectKey key) throws ClusterException {
        return informers.of(key).flatMap(informer -> informer.version(key));
    }

    @Override
    public LiveList list(Selection selection) throws ClusterException {
        return reader.list(selection);
    }

    @Override
    public List<Map<String, @Nullable Object>> watched(Selection selection, Predicate<ObjectKey> which)
            throws ClusterException {
        Optional<Informer> informer = informers.of(selection);
        if (informer.isEmpty()) {
            return reader.watched(selection, which);
        }
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        for (ObjectKey key : informer.get().keys()) {
            if ((selection.namespace().isEmpty() || selection.namespace().equals(key.namespace())) && which.test(key)) {
                informer.get().get(key).ifPresent(found::add);
            }
        }
        return found;
    }

    @Override
    public Watch watch(Selection selection, String resourceVersion, WatchListener listener) throws ClusterException {
        return reader.watch(selection, resourceVersion, listener);
    }

    @Override
    public Map<String, @Nullable Object> apply(
            Map<String, @Nullable Object> content, String manager, boolean force, boolean dryRun)
            throws ClusterException {
        Map<String, @Nullable Object> answer = writer.apply(content, manager, force, dryRun);
        if (!dryRun) {
            informers.wrote(answer);
        }
        return answer;
    }

    @Override
    public Map<String, @Nullable Object> create(Map<String, @Nullable Object> content, String manager)
            throws ClusterException {
        Map<String, @Nullable Object> answer = writer.create(content, manager);
        informers.wrote(answer);
        return answer;
    }

    @Override
    public Map<String, @Nullable Object> mergePatch(ObjectKey key, Map<String, @Nullable Object> patch, String manager)
            throws ClusterException {
        Map<String, @Nullable Object> answer = writer.mergePatch(key, patch, manager);
        informers.wrote(answer);
        return answer;
    }

    @Override
    public void delete(ObjectKey key, DeleteOptions options) throws ClusterException {
        writer.delete(key, options);
        informers.deleted(key);
    }
}
