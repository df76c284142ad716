package dev.plumbline.registry.blame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.render.Rendering;
import dev.plumbline.registry.source.MapRepository;
import dev.plumbline.registry.source.SourceException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlameTest {

    private static final String PATH = "overlay";
    private static final int COMMITS = 60;

    /** What every mainline commit renders to, newest first; null where it does not render. */
    private static Map<CommitId, Map<ObjectKey, Digest>> renderEveryCommit(RandomHistory history, CommitId head)
            throws SourceException {
        Map<CommitId, Map<ObjectKey, Digest>> all = new LinkedHashMap<>();
        List<CommitId> line = new ArrayList<>(history.mainline.subList(0, history.mainline.indexOf(head) + 1));
        Collections.reverse(line);
        for (CommitId commit : line) {
            Rendering rendering = new Renderer().render(history.repository.snapshot(commit), PATH);
            Map<ObjectKey, Digest> contents = new TreeMap<>();
            rendering.objects().forEach(object -> contents.put(object.key(), object.digest()));
            all.put(commit, rendering.broken() ? null : contents);
        }
        return all;
    }

    /** The definition, word by word: go back over commits that render while the content is the same. */
    private static Map<ObjectKey, CommitId> blameByDefinition(Map<CommitId, Map<ObjectKey, Digest>> all) {
        List<CommitId> rendering =
                all.keySet().stream().filter(commit -> all.get(commit) != null).toList();
        Map<ObjectKey, CommitId> blame = new TreeMap<>();
        Map<ObjectKey, Digest> now = all.values().iterator().next();
        if (now != null) {
            now.forEach((key, digest) -> {
                int i = 0;
                while (i + 1 < rendering.size()
                        && digest.equals(all.get(rendering.get(i + 1)).get(key))) {
                    i++;
                }
                blame.put(key, rendering.get(i));
            });
        }
        return blame;
    }

    private static Map<ObjectKey, CommitId> oldest(Map<ObjectKey, Interval> blame) {
        Map<ObjectKey, CommitId> oldest = new TreeMap<>();
        blame.forEach((key, interval) -> oldest.put(key, interval.oldest()));
        return oldest;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void equalsTheDefinitionOnRandomHistories(long seed) throws SourceException {
        RandomHistory history = new RandomHistory(seed, COMMITS);
        Timelines kept = new Timelines(history.repository, new Renderer());
        for (CommitId head : history.mainline) {
            Map<CommitId, Map<ObjectKey, Digest>> all = renderEveryCommit(history, head);
            ContentTimeline timeline = kept.of(head, PATH, 1_000);
            assertEquals(blameByDefinition(all), oldest(timeline.blame()), "seed " + seed + ", head " + head);
            if (head.equals(history.head())) {
                all.forEach((commit, contents) -> assertEquals(
                        contents, timeline.at(commit).map(Contents::asMap).orElse(null), "seed " + seed));
                assertEquals(timeline, new Timelines(history.repository, new Renderer()).of(head, PATH, 1_000));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void intervalsCoverExactlyTheCommitsThatHoldTheContent(long seed) throws SourceException {
        RandomHistory history = new RandomHistory(seed, COMMITS);
        Map<CommitId, Map<ObjectKey, Digest>> all = renderEveryCommit(history, history.head());
        List<CommitId> rendering =
                all.keySet().stream().filter(commit -> all.get(commit) != null).toList();
        ContentTimeline timeline = new Timelines(history.repository, new Renderer()).of(history.head(), PATH, 1_000);
        for (Map<ObjectKey, Digest> contents : all.values()) {
            if (contents == null) {
                continue;
            }
            contents.forEach((key, digest) -> {
                List<CommitId> covered = new ArrayList<>();
                for (Interval interval : timeline.intervals(key, digest)) {
                    int from = rendering.indexOf(interval.newest());
                    List<CommitId> part = rendering.subList(from, rendering.indexOf(interval.oldest()) + 1);
                    assertEquals(part.size(), interval.commits());
                    covered.addAll(part);
                }
                assertEquals(
                        rendering.stream()
                                .filter(commit -> digest.equals(all.get(commit).get(key)))
                                .toList(),
                        covered);
            });
        }
    }

    @Test
    void pastTheBoundItSaysAtOrBefore() throws SourceException {
        RandomHistory history = new RandomHistory(5, COMMITS);
        Random random = new Random(5);
        for (int i = 0; i < 20; i++) {
            CommitId head = history.mainline.get(random.nextInt(COMMITS));
            int bound = 1 + random.nextInt(10);
            Map<ObjectKey, Interval> exact = new Timelines(history.repository, new Renderer())
                    .of(head, PATH, 1_000)
                    .blame();
            Map<ObjectKey, Interval> bounded = Blame.of(history.repository, new Renderer(), head, PATH, bound);
            assertEquals(exact.keySet(), bounded.keySet());
            bounded.forEach((key, interval) -> {
                CommitId truth = exact.get(key).oldest();
                int at = history.mainline.indexOf(interval.oldest());
                if (interval.atOrBefore()) {
                    assertTrue(history.mainline.indexOf(truth) <= at, "at or before");
                } else {
                    assertEquals(truth, interval.oldest());
                }
            });
        }
    }

    @Test
    void theNextCommitCostsOneRenderingAndAnUnrelatedOneNone() throws SourceException {
        MapRepository repository = new MapRepository();
        Map<String, String> files = new TreeMap<>();
        files.put("overlay/kustomization.yaml", "resources: [a.yaml]\n");
        files.put("overlay/a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n");
        CommitId first = repository.commit("first", files);
        files.put("README.md", "text");
        CommitId unrelated = repository.commit("unrelated", files, first);
        files.put("overlay/a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: y}\n");
        CommitId related = repository.commit("related", files, unrelated);
        Timelines timelines = new Timelines(repository, new Renderer());
        timelines.of(unrelated, PATH, 100);
        assertEquals(1, timelines.renderings());
        ContentTimeline timeline = timelines.of(related, PATH, 100);
        assertEquals(2, timelines.renderings());
        assertEquals(List.of(related), timeline.segments().getFirst().commits());
        assertEquals(List.of(unrelated, first), timeline.segments().getLast().commits());
    }

    @Test
    void ofOneObjectByName() throws SourceException {
        RandomHistory history = new RandomHistory(3, 10);
        Rendering now = new Renderer().render(history.repository.snapshot(history.head()), PATH);
        Map<ObjectKey, Interval> blame =
                Blame.of(history.repository, new Renderer(), history.head(), PATH, Blame.DEFAULT_BOUND);
        assertEquals(now.objects().stream().map(Manifest::key).sorted().toList(), List.copyOf(blame.keySet()));
    }
}
