package dev.plumbline.registry.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.manifest.Origin;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.yaml.YamlParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ManifestDiffTest {

    private static Map<String, @Nullable Object> tree(String yaml) {
        Object value = YamlParser.parse("a.yaml", yaml.getBytes(StandardCharsets.UTF_8))
                .documents()
                .getFirst()
                .value();
        return Tree.cast((Map<?, ?>) Objects.requireNonNull(value));
    }

    private static Manifest object(String yaml) {
        return Manifest.of(tree(yaml), Origin.of(Location.of("a.yaml")));
    }

    private static Manifest hashed(String yaml) {
        return Manifest.of(tree(yaml), new Origin(Location.of("k.yaml"), List.of(), List.of(), List.of(), true));
    }

    private static String workflow(String templates) {
        return "apiVersion: argoproj.io/v1alpha1\nkind: WorkflowTemplate\nmetadata: {name: w}\nspec:\n  templates:"
                + templates;
    }

    private static List<String> fields(Manifest before, Manifest after) {
        return ManifestDiff.fields(before, after).stream()
                .map(change -> change.kind() + " " + change.field())
                .toList();
    }

    @Test
    void pathsMeanTheSameInOtherVersions() {
        assertEquals(
                List.of(
                        "a",
                        "b[\"x.y/z\"]",
                        "c[order]",
                        "c[name=one].name",
                        "c[name=one].v",
                        "c[name=\"t wo\"].name",
                        "d",
                        "e[0].port",
                        "e[1].port",
                        "f",
                        "g[0]",
                        "g[1]",
                        "h"),
                List.copyOf(Fields.of(tree(
                                "{a: 1, b: {x.y/z: 2}, c: [{name: one, v: 1}, {name: t wo}], d: [1, 2], e: [{port: 1}, {port: 2}],"
                                        + " f: {}, g: [[1], [2]], h: null}"))
                        .keySet()));
    }

    @Test
    void elementsGoByTheirNames() {
        Manifest before = object(workflow(" [{name: a, v: 1}, {name: b, v: 1}]"));
        assertEquals(
                List.of(
                        "ADDED spec.templates[name=c].name",
                        "CHANGED spec.templates[name=b].v",
                        "REMOVED spec.templates[name=a].name",
                        "REMOVED spec.templates[name=a].v"),
                fields(before, object(workflow(" [{name: c}, {name: b, v: 2}]"))));
        assertEquals(
                List.of("CHANGED spec.templates[order]"),
                fields(before, object(workflow(" [{name: b, v: 1}, {name: a, v: 1}]"))));
        assertEquals(List.of(), fields(before, before));
    }

    @Test
    void nullAndAbsentAreNotTheSame() {
        assertEquals(
                List.of("ADDED spec.x"),
                fields(
                        object("{apiVersion: v1, kind: X, metadata: {name: x}, spec: {y: 1}}"),
                        object("{apiVersion: v1, kind: X, metadata: {name: x}, spec: {y: 1, x: null}}")));
    }

    @Test
    void objectsComeGoAndChange() {
        List<ObjectChange> changes = ManifestDiff.between(
                List.of(
                        object("{apiVersion: v1, kind: ConfigMap, metadata: {name: gone}}"),
                        object("{apiVersion: v1, kind: ConfigMap, metadata: {name: same}}"),
                        object("{apiVersion: v1, kind: ConfigMap, metadata: {name: other}, data: {a: '1'}}")),
                List.of(
                        object("{apiVersion: v1, kind: ConfigMap, metadata: {name: other}, data: {a: '2'}}"),
                        object("{apiVersion: v1, kind: ConfigMap, metadata: {name: new}}"),
                        object("{apiVersion: v1, kind: ConfigMap, metadata: {name: same}}")));
        assertEquals(
                List.of("REMOVED gone", "ADDED new", "CHANGED other"),
                changes.stream()
                        .map(change -> change.kind() + " " + change.key().name())
                        .toList());
    }

    @Test
    void aGeneratedObjectIsComparedWithItsFormerSelf() {
        List<ObjectChange> changes = ManifestDiff.between(
                List.of(hashed(
                        "{apiVersion: v1, kind: ConfigMap, metadata: {name: steps-aaaaaaaaaa}, data: {a: '1'}}")),
                List.of(hashed(
                        "{apiVersion: v1, kind: ConfigMap, metadata: {name: steps-bbbbbbbbbb}, data: {a: '2'}}")));
        assertEquals(1, changes.size());
        assertEquals(FieldChange.Kind.CHANGED, changes.getFirst().kind());
        assertEquals("steps-bbbbbbbbbb", changes.getFirst().key().name());
    }

    @Test
    void valuesOfSecretsNeverLeave() {
        String secret = "{apiVersion: v1, kind: Secret, metadata: {name: s, labels: {l: 'LABEL'}, annotations:"
                + " {kubectl.kubernetes.io/last-applied-configuration: 'VAL'}}, data: {a: VAL, 'b.c': VAL}, stringData: {d: VAL}}";
        for (String other : List.of("W", "")) {
            List<FieldChange> changes = ManifestDiff.between(
                            List.of(object(secret)),
                            List.of(object(secret.replace("VAL", "W" + other).replace("LABEL", "x"))))
                    .getFirst()
                    .fields();
            assertEquals(5, changes.size());
            for (FieldChange change : changes) {
                boolean label = change.field().equals("metadata.labels.l");
                assertEquals(!label, change.secret(), change.field());
                if (!label) {
                    assertNull(change.before());
                    assertNull(change.after());
                }
            }
        }
        Manifest config = object(secret.replace("Secret", "ConfigMap"));
        assertFalse(ManifestDiff.fields(
                        config, object(secret.replace("Secret", "ConfigMap").replace("VAL", "W")))
                .getFirst()
                .secret());
        assertTrue(ManifestDiff.fields(config, object(secret.replace("VAL", "W"))).stream()
                .filter(change -> change.field().startsWith("data"))
                .allMatch(FieldChange::secret));
    }

    @Test
    void linesOfTextsAreCompared() {
        assertEquals(
                List.of(" a", " b", "-c", "+C", " d", " e", "@@", " h", " i", "+new"),
                TextDiff.between("0\na\nb\nc\nd\ne\nf\ng\nh\ni\n", "0\na\nb\nC\nd\ne\nf\ng\nh\ni\nnew\n"));
        assertEquals(List.of("-a", "+a (no line break at the end)"), TextDiff.between("a\n", "a"));
        assertEquals(List.of("+x"), TextDiff.between("", "x\n"));
        assertEquals(List.of(), TextDiff.between("a\n", "a\n"));
        String many = "x\ny\n".repeat(3_000);
        assertEquals(
                12_000,
                TextDiff.between(many, many.replace("x", "z").replace("y", "w")).size());
    }
}
