package dev.plumbline.controller.app.operator;

import dev.plumbline.controller.informer.Informer;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.live.LiveVersion;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.controller.spec.PipelineSync;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The custom resources of one kind in the watched namespaces, followed by one watch each, or by one for all namespaces. */
final class CustomResources implements AutoCloseable {

    /** Stands for all namespaces. */
    private static final String ALL = "";

    private final Map<String, Informer> informers = new HashMap<>();

    /**
     * Resources that are not followed yet.
     *
     * @param watched namespaces; empty for all of them
     * @param changed hears which came, changed or went
     */
    CustomResources(ClusterReader reader, String kind, Set<String> watched, Consumer<ObjectKey> changed) {
        for (String namespace : watched.isEmpty() ? Set.of(ALL) : watched) {
            informers.put(
                    namespace,
                    new Informer(
                            reader,
                            Selection.of(PipelineSync.GROUP, kind, namespace),
                            "",
                            (key, owner) -> changed.accept(key)));
        }
    }

    void start() {
        informers.values().forEach(Informer::start);
    }

    /** One of them as it was seen last; empty when none was. */
    Optional<Map<String, @Nullable Object>> get(ObjectKey key) {
        return informer(key).flatMap(informer -> informer.get(key));
    }

    /** Its version; empty when it was not seen. */
    Optional<LiveVersion> version(ObjectKey key) {
        return informer(key).flatMap(informer -> informer.version(key));
    }

    Set<ObjectKey> keys() {
        Set<ObjectKey> keys = new HashSet<>();
        informers.values().forEach(informer -> keys.addAll(informer.keys()));
        return keys;
    }

    /** Takes in what a write of ours answered. */
    void wrote(Map<String, @Nullable Object> object) {
        informer(Manifest.keyOf(object)).ifPresent(informer -> informer.wrote(object));
    }

    /** Why some are not seen at present; empty while all are. */
    Optional<ClusterException> failure() {
        return informers.values().stream()
                .map(Informer::failure)
                .filter(Objects::nonNull)
                .findFirst();
    }

    @Override
    public void close() {
        informers.values().forEach(Informer::close);
    }

    private Optional<Informer> informer(ObjectKey key) {
        Informer all = informers.get(ALL);
        return Optional.ofNullable(all != null ? all : informers.get(key.namespace()));
    }
}
