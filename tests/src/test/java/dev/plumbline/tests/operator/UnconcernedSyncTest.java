package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.controller.live.Watch;
import dev.plumbline.controller.live.WatchListener;
import dev.plumbline.registry.json.Tree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sync says of commits that do not concern it. */
@Tag("cluster")
class UnconcernedSyncTest {

    private static final int COMMITS = 10;

    @TempDir
    Path folder;

    @Test
    void ofManyCommitsThatDoNotConcernItASyncTellsTheNewestAndNotEach() throws Exception {
        try (OperatorDesk desk = OperatorDesk.ready(folder)) {
            desk.repository()
                    .write(
                            "other/kustomization.yaml",
                            "namespace: " + desk.namespace()
                                    + "\nconfigMapGenerator: [{name: other, literals: [a=1]}]\n");
            String last = desk.repository().commit("Add another");
            desk.sync("pipelines", Map.of());
            desk.sync("other", Map.of("path", "other"));
            desk.awaitApplied("other", last);
            desk.await("both saw it", () -> observed(desk, "pipelines").equals(observed(desk, "other")));

            Told told = new Told();
            Selection syncs = Selection.of("plumbline.dev", "PipelineSync", desk.namespace());
            long begun = System.nanoTime();
            try (Watch watch =
                    desk.cluster().watch(syncs, desk.cluster().list(syncs).resourceVersion(), told)) {
                for (int i = 0; i < COMMITS; i++) {
                    desk.config("one", "a", "value " + i);
                    last = desk.repository().commit("Change one " + i);
                    desk.poke("pipelines");
                    desk.awaitApplied("pipelines", last);
                }
                String newest = last;
                desk.await("the other tells it", () -> observed(desk, "other").equals(newest));
                desk.await("it is watched", () -> told.commits.contains(newest));
            }
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
            assertEquals(last, told.commits.getLast());
            assertTrue(told.commits.size() <= seconds + 1, () -> told.commits + " in " + seconds + " s");
        }
    }

    private static String observed(OperatorDesk desk, String sync) throws Exception {
        return Tree.text(desk.status("PipelineSync", sync), "observedCommit");
    }

    /** The commits that the other sync told, one after the other. */
    private static final class Told implements WatchListener {

        private final List<String> commits = new CopyOnWriteArrayList<>();

        @Override
        public void changed(Type type, Map<String, @Nullable Object> sync) {
            String commit = Tree.text(sync, "status", "observedCommit");
            if (Tree.text(sync, "metadata", "name").equals("other")
                    && (commits.isEmpty() || !commits.getLast().equals(commit))) {
                commits.add(commit);
            }
        }

        @Override
        public void ended(ClusterException why) {
            throw new IllegalStateException("the test's own watch ended", why);
        }
    }
}
