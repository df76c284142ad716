package dev.plumbline.controller.local.serving;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.WatchListener;
import dev.plumbline.controller.local.cluster.EmbeddedCluster;
import dev.plumbline.controller.local.runner.StepEnvironment;
import dev.plumbline.controller.local.watch.KindWatch;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Serves every InferenceService of an embedded cluster, from when it is seen until it is deleted or this is closed. A pickled
 * model is code: whoever may write an InferenceService here may run it, as with steps.
 */
public final class Serving implements AutoCloseable {

    /** API group of InferenceServices. */
    public static final String GROUP = "serving.kserve.io";

    /** Their kind. */
    public static final String KIND = "InferenceService";

    private final EmbeddedCluster cluster;
    private final Path folder;
    private final StepEnvironment environment;
    private final InstantSource clock;
    private final Consumer<String> said;
    private final KindWatch watch;
    private final Map<String, ServedObject> served = new HashMap<>();
    private boolean closed;

    /**
     * A serving part that serves nothing before {@link #start()}.
     *
     * @param folder where ports, programs and logs are kept
     * @param environment whose {@code python} has the packages of the models
     * @param said is told what happens, by many threads
     */
    public Serving(
            EmbeddedCluster cluster,
            Path folder,
            StepEnvironment environment,
            InstantSource clock,
            Consumer<String> said) {
        this.cluster = cluster;
        this.folder = folder.toAbsolutePath().normalize();
        this.environment = environment;
        this.clock = clock;
        this.said = said;
        this.watch = new KindWatch(cluster, GROUP, KIND, this::seen);
    }

    /** Serves what there is, and what comes. Returns at once. */
    public void start() {
        watch.start();
    }

    /** Ends all models and waits for that. */
    @Override
    public void close() {
        watch.close();
        List<ServedObject> all;
        synchronized (this) {
            closed = true;
            all = new ArrayList<>(served.values());
            served.clear();
        }
        all.forEach(ServedObject::close);
    }

    private void seen(WatchListener.Type type, Map<String, @Nullable Object> object) {
        String uid = Tree.text(object, "metadata", "uid");
        ServedObject gone = null;
        synchronized (this) {
            ServedObject known = served.get(uid);
            if (type == WatchListener.Type.DELETED || Tree.at(object, "metadata", "deletionTimestamp") != null) {
                gone = served.remove(uid);
            } else if (known != null) {
                known.see(object);
            } else if (!closed) {
                ServedObject fresh = new ServedObject(this, folder.resolve(uid), object);
                served.put(uid, fresh);
                fresh.start();
            }
        }
        if (gone != null) {
            Thread.ofVirtual().name("end " + uid).start(gone::close);
        }
    }

    List<String> python() throws IOException {
        return environment.resolve(List.of("python"));
    }

    /** The environment variables of a model's server. */
    Map<String, String> variables(Path home) throws IOException {
        return environment.variables(home);
    }

    String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    void say(String text) {
        said.accept(text);
    }

    /** Writes a status; answers the object with it. One that was deleted meanwhile needs none. */
    Map<String, @Nullable Object> write(Map<String, @Nullable Object> object, Map<String, @Nullable Object> status) {
        try {
            return cluster.status(Manifest.keyOf(object), Tree.text(object, "metadata", "uid"), status);
        } catch (ClusterException e) {
            if (e.reason() != ClusterException.Reason.NOT_FOUND && e.reason() != ClusterException.Reason.CONFLICT) {
                say("the status of " + Manifest.keyOf(object).display() + " was not written: " + e.getMessage());
            }
            return object;
        }
    }
}
