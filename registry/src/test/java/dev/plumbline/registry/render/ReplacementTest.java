package dev.plumbline.registry.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.source.MapSnapshot;
import dev.plumbline.registry.source.SourceException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What blame needs of replacements, vars and schemas: the sources of values, and every file that was read. */
class ReplacementTest {

    private static final String SOURCE =
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {bucket: curated}\n";
    private static final String POD =
            "apiVersion: v1\nkind: Pod\nmetadata: {name: train, annotations: {bucket: \"$(BUCKET)\"}}\n";

    private static Rendering render(String... pathsAndTexts) throws SourceException {
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.put(pathsAndTexts[i], pathsAndTexts[i + 1]);
        }
        Rendering rendering = new Renderer().render(MapSnapshot.of(files), "");
        assertEquals(
                List.of(),
                rendering.findings().stream().filter(Finding::isError).toList());
        return rendering;
    }

    private static Manifest pod(Rendering rendering) {
        return rendering.objects().stream()
                .filter(object -> object.key().kind().equals("Pod"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void originNamesTheReplacementAndTheFileOfItsSource() throws SourceException {
        Rendering rendering = render(
                "kustomization.yaml",
                "resources: [source.yaml, pod.yaml]\nreplacements:\n- path: replacement.yaml\n",
                "replacement.yaml",
                "source: {kind: ConfigMap, fieldPath: data.bucket}\ntargets:\n- select: {kind: Pod}\n"
                        + "  fieldPaths: [metadata.annotations.bucket]\n",
                "source.yaml",
                SOURCE,
                "pod.yaml",
                POD);
        assertEquals(
                "replacement.yaml:3:3",
                pod(rendering).origin().patches().getFirst().toString());
        assertEquals(List.of("source.yaml"), pod(rendering).origin().files());
        assertTrue(rendering.readSet().contains("replacement.yaml"));
    }

    @Test
    void originNamesTheFileOfTheValueOfAVar() throws SourceException {
        Rendering rendering = render(
                "kustomization.yaml",
                "resources: [source.yaml, pod.yaml]\nvars:\n- name: BUCKET\n"
                        + "  objref: {apiVersion: v1, kind: ConfigMap, name: settings}\n"
                        + "  fieldref: {fieldPath: data.bucket}\n",
                "source.yaml",
                SOURCE,
                "pod.yaml",
                POD);
        assertEquals(List.of("source.yaml"), pod(rendering).origin().files());
    }

    @Test
    void readsSchemasThroughTheReadSet() throws SourceException {
        Rendering rendering = render(
                "kustomization.yaml",
                "resources: [pod.yaml]\nopenapi: {path: schema.json}\ncrds: [types.json]\n",
                "schema.json",
                "{\"definitions\": {}}",
                "types.json",
                "{}",
                "pod.yaml",
                POD);
        assertTrue(rendering.readSet().containsAll(List.of("schema.json", "types.json")));
    }

    @Test
    void aSchemaOfOneBuildIsNotSeenByTheNext() throws SourceException {
        String patched = "resources: [pod.yaml]\npatches:\n- patch: |\n    apiVersion: v1\n    kind: Pod\n"
                + "    metadata: {name: train}\n    spec: {containers: [{name: a, image: new}]}\n";
        String pod = POD + "spec: {containers: [{name: a, image: old}, {name: b}]}\n";
        Rendering replaced = render(
                "kustomization.yaml",
                patched + "openapi: {path: schema.json}\n",
                "schema.json",
                "{\"definitions\": {}}",
                "pod.yaml",
                pod);
        Rendering merged = render("kustomization.yaml", patched, "pod.yaml", pod);
        assertTrue(pod(replaced).content().toString().contains("containers=[{image=new, name=a}]"));
        assertTrue(pod(merged).content().toString().contains("containers=[{image=new, name=a}, {name=b}]"));
    }
}
