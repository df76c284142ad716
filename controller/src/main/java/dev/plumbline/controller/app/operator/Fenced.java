package dev.plumbline.controller.app.operator;

import dev.plumbline.controller.reconcile.Fence;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.models.ModelRegistry;
import dev.plumbline.registry.models.ModelRegistryException;
import dev.plumbline.registry.models.ModelVersion;
import dev.plumbline.registry.store.LogStore;
import dev.plumbline.registry.store.ObjectStore;
import dev.plumbline.registry.store.RefStore;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Doors that write nothing when the term is over. What is on its way then is harmless, because it is written by compare-and-set. */
final class Fenced {

    private Fenced() {}

    /** Stores that ask the fence before every write. */
    static Stores stores(Stores stores, Fence fence) {
        return new Stores(
                new Objects(stores.objects(), fence), new Refs(stores.refs(), fence), new Logs(stores.logs(), fence));
    }

    /** A model registry that asks the fence before every write. */
    static ModelRegistry models(ModelRegistry models, Fence fence) {
        return new Models(models, fence);
    }

    private record Objects(ObjectStore inner, Fence fence) implements ObjectStore {

        @Override
        public Digest put(byte[] bytes) throws StoreException {
            fence.check();
            return inner.put(bytes);
        }

        @Override
        public Optional<byte[]> get(Digest digest) throws StoreException {
            return inner.get(digest);
        }
    }

    private record Refs(RefStore inner, Fence fence) implements RefStore {

        @Override
        public Optional<byte[]> read(String name) throws StoreException {
            return inner.read(name);
        }

        @Override
        public boolean compareAndSet(String name, byte @Nullable [] expected, byte @Nullable [] value)
                throws StoreException {
            fence.check();
            return inner.compareAndSet(name, expected, value);
        }

        @Override
        public List<String> names(String prefix) throws StoreException {
            return inner.names(prefix);
        }
    }

    private record Logs(LogStore inner, Fence fence) implements LogStore {

        @Override
        public int append(String stream, long number, List<byte[]> entries) throws StoreException {
            fence.check();
            return inner.append(stream, number, entries);
        }

        @Override
        public long next(String stream) throws StoreException {
            return inner.next(stream);
        }

        @Override
        public List<Entry> read(String stream, long from, int limit) throws StoreException {
            return inner.read(stream, from, limit);
        }

        @Override
        public List<String> streams(String prefix) throws StoreException {
            return inner.streams(prefix);
        }
    }

    private record Models(ModelRegistry inner, Fence fence) implements ModelRegistry {

        @Override
        public Optional<ModelVersion> find(String name, String version) throws ModelRegistryException {
            return inner.find(name, version);
        }

        @Override
        public void tag(ModelVersion version, Map<String, String> tags) throws ModelRegistryException {
            try {
                fence.check();
            } catch (StoreException e) {
                throw new ModelRegistryException(String.valueOf(e.getMessage()), true);
            }
            inner.tag(version, tags);
        }
    }
}
