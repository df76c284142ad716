package dev.plumbline.controller.app.install;

import dev.plumbline.controller.apply.ClusterWriter;
import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.controller.spec.PipelineRollback;
import dev.plumbline.controller.spec.PipelineSync;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the controller out of a cluster. First it stops, so that no deletion that follows is acted upon; then no finalizer of ours is
 * left on anything; then what was installed goes. What pipelines consist of is not touched.
 */
public final class Uninstaller {

    /** How long pods of the controller may take to end: their grace period and some. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final String PREFIX = "plumbline.dev/";

    private static final Map<String, String> PODS =
            Map.of("app.kubernetes.io/component", "controller", "app.kubernetes.io/part-of", "plumbline");

    private static final List<Selection> HOLDERS = List.of(
            Selection.of(PipelineSync.GROUP, PipelineSync.KIND, ""),
            Selection.of(PipelineSync.GROUP, PipelineRollback.KIND, ""),
            Selection.of("argoproj.io", "Workflow", ""));

    /** What holds data: syncs and rollbacks go with their definitions, history with its volume. */
    private static final Set<String> DATA = Set.of("PersistentVolumeClaim", "CustomResourceDefinition", "Namespace");

    private final ClusterReader reader;
    private final ClusterWriter writer;
    private final InstantSource clock;
    private final Consumer<String> progress;

    /**
     * An uninstaller that tells each step in one line.
     *
     * @param progress hears lines such as {@code removed Service/plumbline-controller in plumbline-system}
     */
    public Uninstaller(ClusterReader reader, ClusterWriter writer, InstantSource clock, Consumer<String> progress) {
        this.reader = reader;
        this.writer = writer;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * Takes it out.
     *
     * @param data whether what holds data goes too: the definitions with all syncs and rollbacks, the volume with the history, and the
     *     namespace, unless somebody else made or changed it
     * @return what was installed and stays
     * @throws ClusterException when the cluster refuses or does not answer; doing it again goes on
     * @throws InstallException when the controller does not end in time; nothing else was removed then
     */
    public List<ObjectKey> uninstall(boolean data) throws ClusterException, InstallException {
        List<Map<String, @Nullable Object>> installed = InstalledKinds.find(reader);
        stop(installed);
        int freed = 0;
        for (Selection holder : HOLDERS) {
            freed += free(holder);
        }
        progress.accept("freed " + freed + " objects of finalizers");
        List<ObjectKey> kept = new ArrayList<>();
        for (Map<String, @Nullable Object> object : installed) {
            ObjectKey key = Manifest.keyOf(object);
            if (!DATA.contains(key.kind()) || (data && !shared(object))) {
                remove(object);
            } else {
                kept.add(key);
            }
        }
        return kept;
    }

    /** A namespace that somebody else made or changed may hold what is not ours. */
    private static boolean shared(Map<String, @Nullable Object> object) {
        return Manifest.keyOf(object).kind().equals("Namespace")
                && Tree.maps(object, "metadata", "managedFields").stream()
                        .anyMatch(entry ->
                                !Installer.MANAGER.equals(entry.get("manager")) && entry.get("subresource") == null);
    }

    private void stop(List<Map<String, @Nullable Object>> installed) throws ClusterException, InstallException {
        for (Map<String, @Nullable Object> object : installed) {
            if (Manifest.keyOf(object).kind().equals("Deployment")) {
                remove(object);
            }
        }
        Instant end = clock.instant().plus(PATIENCE);
        while (!InstalledKinds.list(reader, new Selection("", "Pod", "", PODS)).isEmpty()) {
            if (clock.instant().isAfter(end)) {
                throw new InstallException("stopping the controller failed, because its pods did not end within "
                        + PATIENCE.toSeconds() + " s; end them, then uninstall again");
            }
            Installer.pause();
        }
    }

    /** Removes our finalizers from the objects of a kind; answers from how many. */
    private int free(Selection selection) throws ClusterException {
        int freed = 0;
        for (Map<String, @Nullable Object> object : InstalledKinds.list(reader, selection)) {
            List<@Nullable Object> finalizers = Tree.list(object, "metadata", "finalizers");
            List<@Nullable Object> others = finalizers.stream()
                    .filter(name -> !(name instanceof String text && text.startsWith(PREFIX)))
                    .toList();
            if (others.size() < finalizers.size()) {
                Map<String, @Nullable Object> patch = new LinkedHashMap<>();
                Tree.set(patch, others, "metadata", "finalizers");
                Tree.set(patch, Tree.text(object, "metadata", "resourceVersion"), "metadata", "resourceVersion");
                writer.mergePatch(Manifest.keyOf(object), patch, Installer.MANAGER);
                freed++;
            }
        }
        return freed;
    }

    private void remove(Map<String, @Nullable Object> object) throws ClusterException {
        ObjectKey key = Manifest.keyOf(object);
        try {
            writer.delete(key, DeleteOptions.exactly(Tree.text(object, "metadata", "uid")));
            progress.accept("removed " + Installer.shown(key));
        } catch (ClusterException e) {
            if (e.reason() != ClusterException.Reason.NOT_FOUND) {
                throw e;
            }
        }
    }
}
