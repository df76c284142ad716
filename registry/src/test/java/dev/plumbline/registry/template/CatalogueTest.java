package dev.plumbline.registry.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.release.Release;
import dev.plumbline.registry.release.Releases;
import dev.plumbline.registry.validate.Examples;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {

    private static final Release RELEASE = Releases.release("overlays/dev", Examples.objects("""
                    apiVersion: argoproj.io/v1alpha1
                    kind: WorkflowTemplate
                    metadata:
                      name: train
                      annotations:
                        workflows.argoproj.io/title: Training
                        workflows.argoproj.io/description: Trains a model.
                    spec:
                      entrypoint: main
                      arguments:
                        parameters:
                        - {name: model-name, description: Registered name}
                        - {name: seed, value: '42'}
                        - {name: mode, value: fast, enum: [fast, exact]}
                        - {name: limit, valueFrom: {configMapKeyRef: {name: limits, key: rows, optional: true}}}
                      templates:
                      - name: main
                        container: {image: 'python:3.13', command: [python]}
                    ---
                    apiVersion: argoproj.io/v1alpha1
                    kind: WorkflowTemplate
                    metadata: {name: library}
                    spec:
                      templates:
                      - name: part
                        container: {image: 'python:3.13', command: [python]}
                    """), List.of());

    private final Catalogue catalogue = Catalogue.of(RELEASE);

    @Test
    void listsWhatCanBeRunUnderItsPlainName() {
        assertEquals(List.of(), RELEASE.findings());
        assertEquals(List.of("train"), List.copyOf(catalogue.names()));
    }

    @Test
    void namesTheVersionThatRunsUse() {
        CatalogueEntry train = catalogue.find("train").orElseThrow();
        assertEquals(RELEASE.versions().get(train.key()), train.version());
        assertTrue(train.version().name().matches("train-[0-9a-f]{8}"));
        assertEquals("main", train.entrypoint());
    }

    @Test
    void saysWhatItIs() {
        CatalogueEntry train = catalogue.find("train").orElseThrow();
        assertEquals("Training", train.title());
        assertEquals("Trains a model.", train.description());
    }

    @Test
    void saysWhatItTakes() {
        assertEquals(
                List.of(
                        new TemplateParameter("model-name", "Registered name", null, true, List.of()),
                        new TemplateParameter("seed", "", "42", false, List.of()),
                        new TemplateParameter("mode", "", "fast", false, List.of("fast", "exact")),
                        new TemplateParameter("limit", "", null, false, List.of())),
                catalogue.find("train").orElseThrow().parameters());
    }

    @Test
    void knowsWhichValuesAreAllowed() {
        CatalogueEntry train = catalogue.find("train").orElseThrow();
        assertTrue(train.parameter("mode").orElseThrow().allows("exact"));
        assertFalse(train.parameter("mode").orElseThrow().allows("slow"));
        assertTrue(train.parameter("seed").orElseThrow().allows("anything"));
        assertTrue(train.parameter("sead").isEmpty());
    }
}
