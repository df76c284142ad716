package dev.plumbline.controller.app.install;

import dev.plumbline.controller.apply.ClusterWriter;
import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Applies an installation: definitions first, then, once they are served, the rest. Doing it again changes nothing; over an older
 * version or other options it leaves exactly what is asked for now.
 */
public final class Installer {

    /** Field manager of what is installed. */
    public static final String MANAGER = "plumbline-install";

    /** How long definitions may take to be served. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofMillis(200);

    private static final String DEFINITION = "CustomResourceDefinition";

    /** What holds data is never removed by an installation. */
    private static final Set<String> KEPT = Set.of(DEFINITION, "PersistentVolumeClaim", "Namespace");

    private final ClusterReader reader;
    private final ClusterWriter writer;
    private final InstantSource clock;
    private final Consumer<String> progress;

    /**
     * An installer that tells each step in one line.
     *
     * @param progress hears lines such as {@code created ServiceAccount/plumbline-controller}
     */
    public Installer(ClusterReader reader, ClusterWriter writer, InstantSource clock, Consumer<String> progress) {
        this.reader = reader;
        this.writer = writer;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * Makes the cluster hold these objects.
     *
     * @throws ClusterException when an object is refused or the cluster does not answer; doing it again goes on
     * @throws InstallException when a namespace is not there, and then nothing was written; when the definitions are not served
     *     in time
     */
    public void install(List<Manifest> objects) throws ClusterException, InstallException {
        requireNamespaces(objects);
        List<Manifest> definitions =
                objects.stream().filter(Installer::isDefinition).toList();
        for (Manifest definition : definitions) {
            apply(definition);
        }
        await(definitions);
        for (Manifest object : objects) {
            if (!isDefinition(object)) {
                apply(object);
            }
        }
        removeOlder(objects.stream().map(Manifest::key).collect(Collectors.toSet()));
    }

    private void requireNamespaces(List<Manifest> objects) throws ClusterException, InstallException {
        Set<String> missing = new TreeSet<>();
        for (Manifest object : objects) {
            missing.add(object.key().namespace());
        }
        missing.remove("");
        objects.stream()
                .filter(object -> object.key().kind().equals("Namespace"))
                .forEach(object -> missing.remove(object.key().name()));
        for (String namespace : Set.copyOf(missing)) {
            if (reader.get(new ObjectKey("", "Namespace", "", namespace)).isPresent()) {
                missing.remove(namespace);
            }
        }
        if (!missing.isEmpty()) {
            throw new InstallException("nothing was installed, because there is no namespace "
                    + String.join(" and no ", missing) + "; make it first: kubectl create namespace "
                    + missing.iterator().next());
        }
    }

    private static boolean isDefinition(Manifest object) {
        return object.key().kind().equals(DEFINITION);
    }

    private void apply(Manifest object) throws ClusterException {
        Optional<Map<String, @Nullable Object>> before = reader.get(object.key());
        Map<String, @Nullable Object> after = writer.apply(object.content(), MANAGER, true, false);
        String what = before.isEmpty() ? "created" : asked(before.get()).equals(asked(after)) ? "unchanged" : "updated";
        progress.accept(what + " " + shown(object.key()));
    }

    /** An object without what its controllers write meanwhile. */
    private static Map<String, @Nullable Object> asked(Map<String, @Nullable Object> object) {
        Map<String, @Nullable Object> asked = Tree.copy(object);
        asked.remove("status");
        Tree.remove(asked, "metadata", "resourceVersion");
        Tree.remove(asked, "metadata", "managedFields");
        return asked;
    }

    private void await(List<Manifest> definitions) throws ClusterException, InstallException {
        Instant end = clock.instant().plus(PATIENCE);
        for (Manifest definition : definitions) {
            while (!established(reader.get(definition.key()).orElse(Map.of()))) {
                if (clock.instant().isAfter(end)) {
                    throw new InstallException(
                            "waiting for " + shown(definition.key()) + " failed, because it was not served within "
                                    + PATIENCE.toSeconds() + " s; look at its conditions, then install again");
                }
                pause();
            }
        }
        progress.accept("served " + definitions.size() + " definitions");
    }

    private static boolean established(Map<String, @Nullable Object> definition) {
        return Tree.maps(definition, "status", "conditions").stream()
                .anyMatch(condition ->
                        "Established".equals(condition.get("type")) && "True".equals(condition.get("status")));
    }

    /** What an earlier installation made and this one does not want; what others made with our labels stays. */
    private void removeOlder(Set<ObjectKey> wanted) throws ClusterException {
        for (Map<String, @Nullable Object> object : InstalledKinds.find(reader)) {
            ObjectKey key = Manifest.keyOf(object);
            boolean ours = Tree.maps(object, "metadata", "managedFields").stream()
                    .anyMatch(entry -> MANAGER.equals(entry.get("manager")));
            if (ours && !wanted.contains(key) && !KEPT.contains(key.kind())) {
                writer.delete(key, DeleteOptions.exactly(Tree.text(object, "metadata", "uid")));
                progress.accept("removed " + shown(key));
            }
        }
    }

    /** {@code Kind/name}, with the namespace where there is one. */
    static String shown(ObjectKey key) {
        return key.display() + (key.namespace().isEmpty() ? "" : " in " + key.namespace());
    }

    static void pause() throws InstallException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InstallException("waiting was interrupted; do it again to go on");
        }
    }
}
