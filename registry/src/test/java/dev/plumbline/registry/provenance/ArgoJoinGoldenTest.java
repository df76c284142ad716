package dev.plumbline.registry.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.CanonicalForm;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.manifest.Origin;
import dev.plumbline.registry.model.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The forward computation against Argo's own code: for each case, what its join of the specs and its resolution of templates
 * gave. The file was made by {@code tests/golden-argo/go-run join}.
 */
class ArgoJoinGoldenTest {

    @TestFactory
    Stream<DynamicTest> storesWhatArgoStores() throws IOException, JsonException {
        try (InputStream in = getClass().getResourceAsStream("argo-join-v4.1.4.json")) {
            assertTrue(in != null, "the golden file is missing");
            Map<String, @Nullable Object> cases = new LinkedHashMap<>();
            cases.put("cases", Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            List<DynamicTest> tests = new ArrayList<>();
            for (Map<String, @Nullable Object> each : Tree.maps(cases, "cases")) {
                tests.add(DynamicTest.dynamicTest(Tree.text(each, "name"), () -> check(each)));
            }
            return tests.stream();
        }
    }

    private static void check(Map<String, @Nullable Object> given) {
        Map<String, @Nullable Object> stored = SpecJoin.join(
                StoredForm.spec(Tree.map(given, "workflow")).content(),
                StoredForm.spec(Tree.map(given, "template")).content(),
                StoredForm.spec(Tree.map(given, "defaults")).content());
        StoredForm.Formed captured = StoredForm.spec(Tree.map(given, "stored"));
        assertTrue(captured.unknownFields().isEmpty(), "unknown: " + captured.unknownFields());
        assertEquals(CanonicalForm.text(captured.content()), CanonicalForm.text(stored));

        Map<String, @Nullable Object> object = SampleRepository.tree(
                "{\"apiVersion\": \"argoproj.io/v1alpha1\", \"kind\": \"WorkflowTemplate\", \"metadata\": {\"name\": \"t\"}}");
        object.put("spec", Tree.copy(Tree.map(given, "template")));
        DefinitionForms forms = DefinitionForms.of(Manifest.of(object, Origin.of(Location.of("t.yaml"))));
        Tree.map(given, "templates").forEach((key, template) -> {
            StoredForm.Formed executed = StoredForm.template(Tree.cast((Map<?, ?>) template));
            assertTrue(
                    forms.digests().contains(executed.digest()),
                    () -> key + " is not computed: " + CanonicalForm.text(executed.content()));
        });
    }
}
