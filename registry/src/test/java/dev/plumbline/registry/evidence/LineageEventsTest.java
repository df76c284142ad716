package dev.plumbline.registry.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.run.SampleRecords;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The rules of OpenLineage's schemas that the reference notes state. */
class LineageEventsTest {

    private static final String UID = "f69a6e9b-9bac-3c9a-9cf6-eacb70ecc9a9";
    private static final EvidenceSource SOURCE =
            new EvidenceSource("https://git.example.com/ml/pipelines.git", "main", "overlays/prod");

    @Test
    void aRunBeginsAndEndsAsItDid() {
        assertEquals(List.of("START", "COMPLETE"), types("Succeeded"));
        assertEquals(List.of("START", "FAIL"), types("Failed"));
        assertEquals(List.of("START", "ABORT"), types("Vanished"));
    }

    @Test
    void everyEventHasWhatTheSchemaRequires() {
        for (Map<String, @Nullable Object> event : events("Failed")) {
            for (String field : List.of("eventTime", "producer", "schemaURL")) {
                assertFalse(Tree.text(event, field).isEmpty(), field);
            }
            assertEquals(UID, Tree.text(event, "run", "runId"));
            assertEquals("ml", Tree.text(event, "job", "namespace"));
            assertEquals("training", Tree.text(event, "job", "name"));
            Stream.of(Tree.map(event, "run", "facets"), Tree.map(event, "job", "facets"))
                    .flatMap(facets -> facets.values().stream())
                    .forEach(facet -> assertTrue(
                            Tree.text(facet, "_schemaURL").startsWith("https://openlineage.io/spec/facets/")
                                    && !Tree.text(facet, "_producer").isEmpty(),
                            String.valueOf(facet)));
        }
    }

    @Test
    void theCommitIsTheOneOfTheRecordAndStandsInTheAddress() {
        Map<String, @Nullable Object> location =
                Tree.map(events("Succeeded").getLast(), "job", "facets", "sourceCodeLocation");
        assertEquals("git", location.get("type"));
        assertEquals(SampleRecords.COMMIT.hex(), location.get("version"));
        assertTrue(Tree.text(location, "url").contains(SampleRecords.COMMIT.hex()));
        Map<String, @Nullable Object> model =
                Tree.maps(events("Succeeded").getLast(), "outputs").getFirst();
        assertEquals("churn", model.get("name"));
        assertEquals("2", Tree.text(model, "facets", "version", "datasetVersion"));
        assertTrue(Json.write(events("Succeeded")).contains("plumbline.dev/verdict"));
    }

    private static List<String> types(String phase) {
        return events(phase).stream()
                .map(event -> Tree.text(event, "eventType"))
                .toList();
    }

    private static List<Map<String, @Nullable Object>> events(String phase) {
        return LineageEvents.of(SampleRecords.record(UID, phase), SOURCE);
    }
}
