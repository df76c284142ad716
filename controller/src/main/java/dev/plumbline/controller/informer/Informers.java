package dev.plumbline.controller.informer;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The informers of one cluster: one per kind, or per kind and namespace, started when the kind is first asked for. */
public final class Informers implements AutoCloseable {

    /** Longest wait for the first list of a kind. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ClusterReader reader;
    private final String label;
    private final boolean clusterWide;
    private final InformerListener listener;
    private final Map<Scope, Informer> informers = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * No informer yet.
     *
     * @param reader reads with the rights of the program itself
     * @param label the label of what is followed
     * @param clusterWide whether one watch per kind may see all namespaces; otherwise there is one for each namespace
     */
    public Informers(ClusterReader reader, String label, boolean clusterWide, InformerListener listener) {
        this.reader = reader;
        this.label = label;
        this.clusterWide = clusterWide;
        this.listener = listener;
    }

    private record Scope(String group, String kind, String namespace) {}

    /**
     * The informer of an object's kind, when it has seen everything once; empty for a kind that the program itself may not list,
     * such as Secrets.
     *
     * @throws ClusterException when the kind cannot be listed
     */
    Optional<Informer> of(ObjectKey key) throws ClusterException {
        if (closed) {
            throw new ClusterException(
                    ClusterException.Reason.UNAVAILABLE, key, "reading " + key + " failed, because the program ends");
        }
        Scope scope = new Scope(key.group(), key.kind(), clusterWide ? "" : key.namespace());
        Informer informer = informers.computeIfAbsent(scope, this::start);
        try {
            informer.await(PATIENCE);
            return Optional.of(informer);
        } catch (ClusterException e) {
            if (e.reason() == ClusterException.Reason.FORBIDDEN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The informer that sees all that a selection admits, and does so at present; empty when there is none. */
    Optional<Informer> of(Selection selection) throws ClusterException {
        Selection followed = Selection.of(selection.group(), selection.kind(), selection.namespace())
                .having(label);
        return selection.equals(followed)
                ? of(new ObjectKey(selection.group(), selection.kind(), selection.namespace(), ""))
                        .filter(informer -> informer.failure() == null)
                : Optional.empty();
    }

    /** Takes in what a write of ours answered. */
    void wrote(Map<String, @Nullable Object> object) {
        ObjectKey key = Manifest.keyOf(object);
        Informer informer = informers.get(new Scope(key.group(), key.kind(), clusterWide ? "" : key.namespace()));
        if (informer != null) {
            informer.wrote(object);
        }
    }

    /** Takes in that we deleted an object. */
    void deleted(ObjectKey key) {
        Informer informer = informers.get(new Scope(key.group(), key.kind(), clusterWide ? "" : key.namespace()));
        if (informer != null) {
            informer.deleted(key);
        }
    }

    /** How many objects are kept. */
    public int size() {
        return informers.values().stream().mapToInt(Informer::size).sum();
    }

    @Override
    public void close() {
        closed = true;
        informers.values().forEach(Informer::close);
    }

    private Informer start(Scope scope) {
        Informer informer =
                new Informer(reader, Selection.of(scope.group, scope.kind, scope.namespace), label, listener);
        informer.start();
        return informer;
    }
}
