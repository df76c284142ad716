package dev.plumbline.registry.blame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.diff.Fields;
import dev.plumbline.registry.diff.ManifestDiff;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.render.Rendering;
import dev.plumbline.registry.source.MapRepository;
import dev.plumbline.registry.source.SourceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldBlameTest {

    private static final String PATH = "overlay";

    /** The commits that render, newest first, with what the object was at each; null where it was not there. */
    private static Map<CommitId, @Nullable Manifest> versions(
            MapRepository repository, List<CommitId> line, ObjectKey lasting) throws SourceException {
        Map<CommitId, @Nullable Manifest> versions = new LinkedHashMap<>();
        for (CommitId commit : line.reversed()) {
            Rendering rendering = new Renderer().render(repository.snapshot(commit), PATH);
            if (!rendering.broken()) {
                versions.put(
                        commit,
                        rendering.objects().stream()
                                .filter(object -> ManifestDiff.lasting(object).equals(lasting))
                                .findFirst()
                                .orElse(null));
            }
        }
        return versions;
    }

    /** The definition, word by word: go back while the object is there and the field has its value. */
    private static CommitId byDefinition(
            Map<CommitId, @Nullable Manifest> versions, String field, @Nullable Object value) {
        CommitId began = null;
        for (Map.Entry<CommitId, @Nullable Manifest> version : versions.entrySet()) {
            Manifest object = version.getValue();
            Map<String, @Nullable Object> fields = object == null ? Map.of() : Fields.of(object.content());
            if (!fields.containsKey(field) || !Objects.equals(fields.get(field), value)) {
                break;
            }
            began = version.getKey();
        }
        return Objects.requireNonNull(began);
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34})
    void equalsTheDefinitionOnRandomHistories(long seed) throws SourceException {
        RandomHistory history = new RandomHistory(seed, 50);
        for (int i = 10; i <= history.mainline.size(); i += 10) {
            List<CommitId> line = history.mainline.subList(0, i);
            CommitId head = line.getLast();
            Rendering now = new Renderer().render(history.repository.snapshot(head), PATH);
            ContentTimeline timeline = new Timelines(history.repository, new Renderer()).of(head, PATH, 1_000);
            for (Manifest object : now.objects()) {
                Map<CommitId, @Nullable Manifest> versions =
                        versions(history.repository, line, ManifestDiff.lasting(object));
                Map<String, @Nullable Object> fields = Fields.of(object.content());
                List<FieldBlame.Line> lines = FieldBlame.of(history.repository, new Renderer(), timeline, object);
                List<FieldBlame.Line> present =
                        lines.stream().filter(one -> !one.removed()).toList();
                assertEquals(
                        List.copyOf(fields.keySet()),
                        present.stream().map(FieldBlame.Line::field).toList());
                for (FieldBlame.Line one : present) {
                    assertEquals(
                            byDefinition(versions, one.field(), fields.get(one.field())),
                            one.commit(),
                            "seed " + seed + ", " + object.key() + " " + one.field());
                }
                assertTrue(lines.stream().noneMatch(one -> one.removed() && fields.containsKey(one.field())));
            }
        }
    }

    private final MapRepository repository = new MapRepository();
    private final Map<String, String> files = new TreeMap<>();
    private final List<CommitId> line = new ArrayList<>();

    private CommitId commit(String subject) {
        CommitId commit =
                repository.commit(subject, files, line.isEmpty() ? new CommitId[0] : new CommitId[] {line.getLast()});
        line.add(commit);
        return commit;
    }

    private Map<String, CommitId> blame(String name, int bound, boolean removed) throws SourceException {
        CommitId head = line.getLast();
        Manifest object = new Renderer()
                .render(repository.snapshot(head), PATH).objects().stream()
                        .filter(one -> one.key().name().startsWith(name))
                        .findFirst()
                        .orElseThrow();
        ContentTimeline timeline = new Timelines(repository, new Renderer()).of(head, PATH, bound);
        Map<String, CommitId> blame = new LinkedHashMap<>();
        for (FieldBlame.Line one : FieldBlame.of(repository, new Renderer(), timeline, object)) {
            if (one.removed() == removed) {
                blame.put(one.field(), one.commit());
            }
        }
        return blame;
    }

    private static String template(String image, String more) {
        return "apiVersion: argoproj.io/v1alpha1\nkind: WorkflowTemplate\nmetadata: {name: train}\nspec:\n  entrypoint: a\n"
                + "  templates:\n  - name: a\n    container: {image: " + image + ", command: [x]}\n" + more;
    }

    @Test
    void aPatchAddedChangedAndRetargetedAway() throws SourceException {
        files.put("overlay/kustomization.yaml", "resources: [a.yaml]\n");
        files.put("overlay/a.yaml", template("i:1", ""));
        CommitId first = commit("first");
        String patched = "resources: [a.yaml]\npatches:\n- target: {kind: WorkflowTemplate, name: NAME}\n  patch: |-\n"
                + "    - {op: replace, path: /spec/templates/0/container/image, value: i:2}\n"
                + "    - {op: add, path: /spec/suspend, value: true}\n";
        files.put("overlay/kustomization.yaml", patched.replace("NAME", "train"));
        CommitId patch = commit("patch");
        assertEquals(patch, blame("train", 100, false).get("spec.templates[name=a].container.image"));
        assertEquals(patch, blame("train", 100, false).get("spec.suspend"));
        assertEquals(first, blame("train", 100, false).get("spec.entrypoint"));
        files.put("overlay/kustomization.yaml", patched.replace("NAME", "other"));
        CommitId away = commit("retarget");
        assertEquals(away, blame("train", 100, false).get("spec.templates[name=a].container.image"));
        assertEquals(first, blame("train", 100, false).get("spec.entrypoint"));
        assertEquals(Map.of("spec.suspend", away), blame("train", 100, true));
    }

    @Test
    void aTemplateThatIsPutInFrontMovesNoOtherField() throws SourceException {
        files.put("overlay/kustomization.yaml", "resources: [a.yaml]\n");
        files.put("overlay/a.yaml", template("i:1", ""));
        CommitId first = commit("first");
        files.put(
                "overlay/a.yaml",
                template("i:1", "").replace("  - name: a\n", "  - name: b\n    suspend: {}\n  - name: a\n"));
        CommitId second = commit("b in front");
        Map<String, CommitId> blame = blame("train", 100, false);
        assertEquals(first, blame.get("spec.templates[name=a].container.image"));
        assertEquals(second, blame.get("spec.templates[name=b].suspend"));
        assertEquals(second, blame.get("spec.templates[order]"));
    }

    @Test
    void aGeneratedConfigMapIsFollowedThroughItsNames() throws SourceException {
        files.put("overlay/kustomization.yaml", "configMapGenerator:\n- name: steps\n  files: [a.py, b.py]\n");
        files.put("overlay/a.py", "1\n");
        files.put("overlay/b.py", "1\n");
        CommitId first = commit("first");
        files.put("overlay/b.py", "2\n");
        CommitId second = commit("second");
        Map<String, CommitId> blame = blame("steps", 100, false);
        assertEquals(first, blame.get("data[\"a.py\"]"));
        assertEquals(second, blame.get("data[\"b.py\"]"));
        assertEquals(second, blame.get("metadata.name"));
    }

    @Test
    void anotherPrefixMakesAnotherObject() throws SourceException {
        files.put("overlay/kustomization.yaml", "resources: [a.yaml, b.yaml]\nimages: [{name: i, newTag: \"1\"}]\n");
        files.put("overlay/a.yaml", template("i", ""));
        files.put("overlay/b.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\ndata: {x: \"1\"}\n");
        CommitId first = commit("first");
        files.put("overlay/kustomization.yaml", "resources: [a.yaml, b.yaml]\nnamePrefix: p-\n");
        CommitId second = commit("prefix");
        Map<String, CommitId> blame = blame("p-b", 100, false);
        assertEquals(Map.of("apiVersion", second, "kind", second, "metadata.name", second, "data.x", second), blame);
        files.put("overlay/kustomization.yaml", "resources: [a.yaml, b.yaml]\n");
        CommitId third = commit("no prefix");
        assertEquals(third, blame("b", 100, false).get("data.x"), "it was away for a commit");
        assertTrue(line.contains(first));
    }

    @Test
    void pastTheBoundItSaysAtOrBefore() throws SourceException {
        files.put("overlay/kustomization.yaml", "resources: [a.yaml]\n");
        files.put("overlay/a.yaml", template("i:1", ""));
        commit("first");
        files.put("overlay/a.yaml", template("i:2", ""));
        commit("second");
        files.put("overlay/a.yaml", template("i:3", ""));
        CommitId third = commit("third");
        Manifest object = new Renderer()
                .render(repository.snapshot(third), PATH)
                .objects()
                .getFirst();
        ContentTimeline timeline = new Timelines(repository, new Renderer()).of(third, PATH, 2);
        for (FieldBlame.Line one : FieldBlame.of(repository, new Renderer(), timeline, object)) {
            boolean image = one.field().endsWith("image");
            assertEquals(!image, one.atOrBefore(), one.field());
            assertEquals(image ? third : line.get(1), one.commit(), one.field());
        }
    }
}
