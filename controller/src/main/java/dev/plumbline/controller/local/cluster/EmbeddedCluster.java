package dev.plumbline.controller.local.cluster;

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
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A cluster in one data folder. What a call answers is on disk before it answers, refusals included, so that nobody acts on
 * what a kill could undo. Kinds that it does not know, and what it cannot do, it refuses with UNSUPPORTED.
 */
public final class EmbeddedCluster implements ClusterReader, ClusterWriter, AutoCloseable {

    private static final List<String> FIRST_NAMESPACES = List.of("default", "kube-system");

    private final DataFolder folder;
    private final ReentrantLock lock = new ReentrantLock();
    private final ObjectTable table;
    private final EventWindow window;
    private final Writes writes;
    private final WriteAheadLog log;

    private EmbeddedCluster(
            DataFolder folder, Path path, long logNumber, ObjectTable table, EventWindow window, InstantSource clock)
            throws IOException {
        this.folder = folder;
        this.table = table;
        this.window = window;
        this.writes = new Writes(table, clock);
        this.log = new WriteAheadLog(path, logNumber, table.version(), window::durable, this::state);
    }

    /**
     * Opens the cluster of a data folder, which is made where it is missing, with the namespaces {@code default} and
     * {@code kube-system}.
     *
     * @param folder held by one process at a time
     * @param clock for timestamps in objects
     * @throws ClusterException UNAVAILABLE when another process holds the folder, or it cannot be read or is damaged
     */
    public static EmbeddedCluster open(Path folder, InstantSource clock) throws ClusterException {
        try {
            DataFolder held = DataFolder.open(folder);
            try {
                ObjectTable table = new ObjectTable();
                EventWindow window = new EventWindow();
                long number = new Recovery(folder, table, window).load();
                EmbeddedCluster cluster = new EmbeddedCluster(held, folder, number, table, window, clock);
                cluster.log.start();
                cluster.firstNamespaces();
                return cluster;
            } catch (IOException | ClusterException | RuntimeException e) {
                held.close();
                throw e;
            }
        } catch (IOException e) {
            throw new ClusterException(
                    ClusterException.Reason.UNAVAILABLE,
                    null,
                    "opening the embedded cluster in " + folder + " failed, because " + e + "; make the folder"
                            + " readable and writable, or restore it from a copy");
        }
    }

    private void firstNamespaces() throws ClusterException {
        for (String name : FIRST_NAMESPACES) {
            if (get(new ObjectKey("", "Namespace", "", name)).isEmpty()) {
                create(
                        Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", name)),
                        "plumbline-embedded");
            }
        }
    }

    @Override
    public String clusterId() {
        return folder.clusterId();
    }

    @Override
    public Optional<Map<String, @Nullable Object>> get(ObjectKey key) throws ClusterException {
        KindFacts.of(key.group(), key.kind(), key);
        return read(() -> Optional.ofNullable(table.get(key)));
    }

    @Override
    public Optional<LiveVersion> seen(ObjectKey key) throws ClusterException {
        return version(key);
    }

    @Override
    public LiveList list(Selection selection) throws ClusterException {
        KindFacts.of(selection.group(), selection.kind(), null);
        return read(() -> new LiveList(Long.toString(table.version()), table.list(selection)));
    }

    @Override
    public Watch watch(Selection selection, String resourceVersion, WatchListener listener) throws ClusterException {
        KindFacts.of(selection.group(), selection.kind(), null);
        long after;
        try {
            after = Long.parseLong(resourceVersion);
        } catch (NumberFormatException e) {
            throw new ClusterException(
                    ClusterException.Reason.INVALID,
                    null,
                    "watching " + selection.kind() + " failed, because " + resourceVersion
                            + " is not a resourceVersion; take it from a list");
        }
        if (!window.reaches(after)) {
            throw new ClusterException(
                    ClusterException.Reason.GONE,
                    null,
                    "watching " + selection.kind() + " failed, because resourceVersion " + resourceVersion
                            + " is too old; list again");
        }
        return new RunningWatch(window, selection, after, listener).start();
    }

    @Override
    public Map<String, @Nullable Object> apply(
            Map<String, @Nullable Object> content, String manager, boolean force, boolean dryRun)
            throws ClusterException {
        if (!dryRun) {
            return write(transaction -> writes.apply(transaction, content, manager, force, false));
        }
        return tried(() -> writes.apply(new Transaction(table), content, manager, force, true));
    }

    @Override
    public Map<String, @Nullable Object> create(Map<String, @Nullable Object> content, String manager)
            throws ClusterException {
        return write(transaction -> writes.create(transaction, content, manager));
    }

    @Override
    public Map<String, @Nullable Object> mergePatch(ObjectKey key, Map<String, @Nullable Object> patch, String manager)
            throws ClusterException {
        return write(transaction -> writes.mergePatch(transaction, key, patch, manager));
    }

    @Override
    public void delete(ObjectKey key, DeleteOptions options) throws ClusterException {
        write(transaction -> {
            writes.delete(transaction, key, options);
            return "";
        });
    }

    /**
     * Replaces the status of an object whose kind has a status subresource, as its controller does.
     *
     * @param uid the uid that the object must have
     * @return the object with its status
     * @throws ClusterException NOT_FOUND, or CONFLICT when there is another object of that name
     */
    public Map<String, @Nullable Object> status(ObjectKey key, String uid, Map<String, @Nullable Object> status)
            throws ClusterException {
        return write(transaction -> writes.status(transaction, key, uid, status));
    }

    /** Ends the watches, writes what is pending and gives up the folder. */
    @Override
    public void close() {
        log.close();
        window.close();
        try {
            folder.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private interface Reading<T> {
        T read();
    }

    private interface Writing<T> {
        T write(Transaction transaction) throws ClusterException;
    }

    private <T> T read(Reading<T> reading) throws ClusterException {
        T answer;
        long version;
        lock.lock();
        try {
            answer = reading.read();
            version = table.version();
        } finally {
            lock.unlock();
        }
        log.await(version);
        return answer;
    }

    private interface Trying<T> {
        T attempt() throws ClusterException;
    }

    /** Looks at what would happen. */
    private <T> T tried(Trying<T> trying) throws ClusterException {
        lock.lock();
        try {
            return trying.attempt();
        } finally {
            lock.unlock();
        }
    }

    private <T> T write(Writing<T> writing) throws ClusterException {
        long version = 0;
        boolean refused = true;
        try {
            T answer;
            lock.lock();
            try {
                log.check();
                version = table.version();
                Transaction transaction = new Transaction(table);
                answer = writing.write(transaction);
                keep(transaction.changes());
                version = table.version();
                refused = false;
            } finally {
                lock.unlock();
            }
            log.await(version);
            return answer;
        } finally {
            if (refused) {
                log.await(version);
            }
        }
    }

    private void keep(List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        byte[] payload = Recovery.payload(changes);
        log.append(changes.getLast().version(), payload);
        for (Change change : changes) {
            table.accept(change);
            window.add(change, payload.length / changes.size());
        }
    }

    private WriteAheadLog.State state() {
        lock.lock();
        try {
            return new WriteAheadLog.State(table.version(), table.all());
        } finally {
            lock.unlock();
        }
    }
}
