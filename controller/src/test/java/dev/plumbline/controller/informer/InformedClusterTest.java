package dev.plumbline.controller.informer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.live.LiveList;
import dev.plumbline.controller.live.LiveVersion;
import dev.plumbline.controller.live.Patience;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.controller.live.Watch;
import dev.plumbline.controller.live.WatchListener;
import dev.plumbline.controller.local.cluster.EmbeddedCluster;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InformedClusterTest {

    private static final String LABEL = "plumbline.dev/sync";

    @TempDir
    Path folder;

    private EmbeddedCluster real;
    private Counted counted;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private Informers informers;
    private InformedCluster cluster;

    @BeforeEach
    void open() throws Exception {
        real = EmbeddedCluster.open(folder, InstantSource.system());
        counted = new Counted(real);
        informers = new Informers(counted, LABEL, true, (key, owner) -> heard.add(key.name() + " of " + owner));
        cluster = new InformedCluster("id", informers, counted, real);
    }

    @AfterEach
    void close() {
        informers.close();
        real.close();
    }

    private static ObjectKey key(String name) {
        return new ObjectKey("", "ConfigMap", "default", name);
    }

    private static Map<String, @Nullable Object> config(String name, String label, String value) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("apiVersion", "v1");
        object.put("kind", "ConfigMap");
        Tree.set(object, name, "metadata", "name");
        Tree.set(object, "default", "metadata", "namespace");
        if (!label.isEmpty()) {
            Tree.set(object, label, "metadata", "labels", LABEL);
        }
        Tree.set(object, value, "data", "a");
        return object;
    }

    @Test
    void labelledObjectsThatAreWatchedAreGivenWithoutAListAndOthersAreAskedFor() throws Exception {
        real.create(config("one", "team.a", "1"), "me");
        real.create(config("two", "team.b", "1"), "me");
        real.create(config("three", "", "1"), "me");
        Selection all = Selection.of("", "ConfigMap", "default");
        assertEquals(List.of("two"), names(cluster.watched(all.having(LABEL), key -> !key.equals(key("one")))));
        int listed = counted.lists.get();
        real.create(config("four", "team.b", "1"), "me");
        Patience.until(
                () -> names(cluster.watched(all.having(LABEL), key -> true)).equals(List.of("four", "one", "two")));
        assertEquals(listed, counted.lists.get());
        assertEquals(List.of("three"), names(cluster.list(all.lacking(LABEL)).items()));
        assertEquals(listed + 1, counted.lists.get());
        assertEquals(List.of("four", "one", "three", "two"), names(cluster.watched(all, key -> true)));
    }

    private static List<String> names(List<Map<String, @Nullable Object>> objects) {
        return objects.stream()
                .map(object -> Tree.text(object, "metadata", "name"))
                .sorted()
                .toList();
    }

    @Test
    void whatWasSeenIsAnsweredWithoutACall() throws Exception {
        real.create(config("one", "team.a", "1"), "me");
        assertEquals("1", Tree.text(cluster.get(key("one")).orElseThrow(), "data", "a"));
        int calls = counted.gets.get();
        for (int i = 0; i < 10; i++) {
            assertTrue(cluster.get(key("one")).isPresent());
            assertTrue(cluster.version(key("one")).isPresent());
        }
        assertEquals(calls, counted.gets.get());
        assertEquals(0, calls);
    }

    @Test
    void whatWasNotSeenIsAskedBeforeItIsMissing() throws Exception {
        real.create(config("foreign", "", "1"), "me");
        assertTrue(cluster.get(key("foreign")).isPresent());
        assertTrue(cluster.get(key("nowhere")).isEmpty());
        assertEquals(2, counted.gets.get());
    }

    @Test
    void changesByOthersAreHeardAndSeen() throws Exception {
        real.create(config("one", "team.a", "1"), "me");
        assertTrue(cluster.get(key("one")).isPresent());
        Map<String, @Nullable Object> patch = new LinkedHashMap<>();
        Tree.set(patch, "2", "data", "a");
        real.mergePatch(key("one"), patch, "hand");
        Patience.until(() ->
                Tree.text(cluster.get(key("one")).orElseThrow(), "data", "a").equals("2"));
        real.delete(key("one"), new DeleteOptions(null, null, false));
        Patience.until(() -> cluster.get(key("one")).isEmpty());
        assertTrue(heard.size() >= 3, heard.toString());
        assertEquals("one of team.a", heard.getLast());
    }

    @Test
    void whatAWriteAnsweredIsKnownBeforeTheWatchTellsIt() throws Exception {
        assertTrue(cluster.get(key("one")).isEmpty());
        counted.mute = true;
        Map<String, @Nullable Object> answer = cluster.apply(config("one", "team.a", "1"), "me", true, false);
        assertEquals(Optional.of(LiveVersion.of(answer)), cluster.version(key("one")));
        int calls = counted.gets.get();
        assertEquals("1", Tree.text(cluster.get(key("one")).orElseThrow(), "data", "a"));
        assertEquals(calls, counted.gets.get());
    }

    @Test
    void whatWeDeletedIsNotThereBeforeTheWatchTellsIt() throws Exception {
        real.create(config("one", "team.a", "1"), "me");
        assertTrue(cluster.get(key("one")).isPresent());
        counted.mute = true;
        cluster.delete(key("one"), new DeleteOptions(null, null, false));
        assertTrue(cluster.get(key("one")).isEmpty());
    }

    @Test
    void aDryRunIsNotBelieved() throws Exception {
        assertTrue(cluster.get(key("one")).isEmpty());
        var _ = cluster.apply(config("one", "team.a", "1"), "me", true, true);
        assertTrue(cluster.get(key("one")).isEmpty());
    }

    @Test
    void aWatchThatEndedIsBegunAgainAndWhatHappenedBetweenIsSeen() throws Exception {
        real.create(config("goes", "team.a", "1"), "me");
        real.create(config("stays", "team.a", "1"), "me");
        assertTrue(cluster.get(key("goes")).isPresent());
        Patience.until(() -> counted.listener.get() != null);
        counted.mute = true;
        real.delete(key("goes"), new DeleteOptions(null, null, false));
        real.create(config("comes", "team.a", "1"), "me");
        counted.end(ClusterException.Reason.GONE);
        Patience.until(() -> heard.contains("comes of team.a"));
        assertEquals("goes of team.a", heard.get(heard.indexOf("comes of team.a") - 1));
        assertTrue(cluster.get(key("goes")).isEmpty());
    }

    @Test
    void aKindThatCannotBeListedSaysWhyAtOnce() {
        ClusterException refused = assertThrows(
                ClusterException.class, () -> cluster.get(new ObjectKey("no.example", "Thing", "default", "x")));
        assertEquals(ClusterException.Reason.UNSUPPORTED, refused.reason());
    }

    /** Counts reads, and can keep what a watch tells to itself. */
    private static final class Counted implements ClusterReader {

        private final ClusterReader real;
        private final AtomicInteger gets = new AtomicInteger();
        private final AtomicInteger lists = new AtomicInteger();
        private final AtomicReference<@Nullable WatchListener> listener = new AtomicReference<>();
        private volatile boolean mute;

        Counted(ClusterReader real) {
            this.real = real;
        }

        void end(ClusterException.Reason reason) {
            WatchListener now = listener.getAndSet(null);
            if (now != null) {
                now.ended(new ClusterException(reason, null, "the test ends it"));
            }
        }

        @Override
        public String clusterId() throws ClusterException {
            return real.clusterId();
        }

        @Override
        public Optional<Map<String, @Nullable Object>> get(ObjectKey key) throws ClusterException {
            gets.incrementAndGet();
            return real.get(key);
        }

        @Override
        public LiveList list(Selection selection) throws ClusterException {
            lists.incrementAndGet();
            return real.list(selection);
        }

        @Override
        public Watch watch(Selection selection, String version, WatchListener to) throws ClusterException {
            listener.set(to);
            return real.watch(selection, version, new WatchListener() {
                @Override
                public void changed(Type type, Map<String, @Nullable Object> object) {
                    if (!mute) {
                        to.changed(type, object);
                    }
                }

                @Override
                public void ended(ClusterException why) {
                    to.ended(why);
                }
            });
        }
    }
}
