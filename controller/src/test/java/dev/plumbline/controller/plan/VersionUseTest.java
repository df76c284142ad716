package dev.plumbline.controller.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VersionUseTest {

    private static final String TEMPLATE = """
            {"apiVersion":"argoproj.io/v1alpha1","kind":"WorkflowTemplate","metadata":{"name":"train-1a","namespace":"ml",
            "labels":{"version":"yes"}},"spec":{"templates":[{"name":"main","container":{"image":"x"},
            "volumes":[{"name":"steps","configMap":{"name":"steps-1"}}]}]}}""";
    private static final String STEPS = """
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"steps-1","namespace":"ml"}}""";

    @Test
    void aFinishedWorkflowKeepsItsVersionAndWhatTheVersionNames() throws JsonException {
        Map<String, @Nullable Object> run = Json.parseObject("""
                {"apiVersion":"argoproj.io/v1alpha1","kind":"Workflow","metadata":{"name":"run-1","namespace":"ml"},
                "spec":{"workflowTemplateRef":{"name":"train-1a"}},"status":{"phase":"Succeeded"}}""");
        VersionUse use = VersionUse.of(List.of(VersionUse.User.of(run)), unwanted(), VersionUseTest::version);
        assertEquals(
                Set.of("WorkflowTemplate/train-1a", "ConfigMap/steps-1"),
                display(use.kept().keySet()));
        assertEquals(Set.of(), use.collectable());
    }

    @Test
    void aVersionReachedOnlyByTemplateRefIsKeptByTheStoredTemplates() throws JsonException {
        Map<String, @Nullable Object> run = Json.parseObject("""
                {"apiVersion":"argoproj.io/v1alpha1","kind":"Workflow","metadata":{"name":"run-1","namespace":"ml"},
                "spec":{},"status":{"storedTemplates":{"namespaced/train-1a/main":{}}}}""");
        VersionUse use = VersionUse.of(List.of(VersionUse.User.of(run)), unwanted(), VersionUseTest::version);
        assertEquals("named by Workflow/run-1", use.kept().values().iterator().next());
    }

    @Test
    void aVersionThatNobodyNamesIsCollectedWithWhatOnlyItNamed() throws JsonException {
        VersionUse use = VersionUse.of(List.of(), unwanted(), VersionUseTest::version);
        assertEquals(Map.of(), use.kept());
        assertEquals(Set.of("WorkflowTemplate/train-1a", "ConfigMap/steps-1"), display(use.collectable()));
    }

    private static Map<ObjectKey, Map<String, @Nullable Object>> unwanted() throws JsonException {
        Map<ObjectKey, Map<String, @Nullable Object>> unwanted = new HashMap<>();
        for (String json : List.of(TEMPLATE, STEPS)) {
            Map<String, @Nullable Object> object = Json.parseObject(json);
            unwanted.put(Manifest.keyOf(object), object);
        }
        return unwanted;
    }

    private static boolean version(Map<String, @Nullable Object> object) {
        return Tree.string(object, "metadata", "labels", "version") != null;
    }

    private static Set<String> display(Set<ObjectKey> keys) {
        return keys.stream().map(ObjectKey::display).collect(java.util.stream.Collectors.toSet());
    }
}
