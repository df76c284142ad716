package dev.plumbline.registry.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.RunId;
import dev.plumbline.registry.model.SyncId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The stored formats: what is written now equals the golden files, and they are read for ever. */
class RunRecordTest {

    private final RunRecord record = SampleRecords.record("uid-1", "Succeeded");

    @Test
    void aRecord() throws IOException, JsonException {
        assertEquals(golden("run-v1.json"), Json.pretty(record.tree()) + "\n");
        assertEquals(record, RunRecord.of(Json.parseObject(golden("run-v1.json"))));
    }

    @Test
    void anEntryOfTheLog() throws IOException, JsonException {
        RunEntry entry = RunEntry.of(record, Digest.of("record"));
        assertEquals(golden("run-entry-v1-parts.json"), Json.pretty(entry.tree()) + "\n");
        assertEquals(entry, RunEntry.of(Json.parseObject(golden("run-entry-v1-parts.json"))));
    }

    @Test
    void anEntryOfVersionsThatDidNotWriteWherePartsStand() throws IOException, JsonException {
        RunEntry entry = RunEntry.of(record, Digest.of("record")).knowing(record.models());
        assertEquals(entry, RunEntry.of(Json.parseObject(golden("run-entry-v1.json"))));
        assertEquals(golden("run-entry-v1.json"), Json.pretty(entry.tree()) + "\n");
    }

    @Test
    void aSighting() throws IOException, JsonException {
        RunSighting sighting = new RunSighting(
                new RunId("cluster-1", "uid-1", "2026-11-25T10:00:01Z"),
                new SyncId("plumbline", "local"),
                "ml",
                "train-1",
                "2026-11-25T10:00:00Z",
                false,
                Map.of("steps", Optional.of(Digest.of("steps")), "gone", Optional.empty()));
        assertEquals(golden("run-sighting-v1.json"), Json.pretty(sighting.tree()) + "\n");
        assertEquals(sighting, RunSighting.of(Json.parseObject(golden("run-sighting-v1.json"))));
    }

    @Test
    void anArtifactThatWasNotReadSaysWhy() {
        ArtifactRecord unread = new ArtifactRecord("train-1", "model", "train-1/model.tgz").withoutDigest("it is gone");
        assertEquals(unread, ArtifactRecord.read(unread.tree()));
        assertEquals("it is gone", unread.tree().get("unread"));
    }

    @Test
    void whatARunWasGivenComesBackFromItsRecord() {
        InputArtifact read = new InputArtifact("train-1", "data", "s3.example", "raw", "a.csv", Digest.of("a"), "");
        InputArtifact unread =
                InputArtifact.elsewhere("train-1", "code", "it comes by git, of which no digest is taken");
        for (InputArtifact input : List.of(read, unread)) {
            assertEquals(input, InputArtifact.read(input.tree()));
        }
        assertEquals("s3://raw/a.csv", read.display());
        assertEquals("code", unread.display());
    }

    @Test
    void anotherFormatIsRefusedByName() {
        Map<String, @Nullable Object> other = record.tree();
        other.put("schema", "plumbline.dev/run/v9");
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> RunRecord.of(other));
        assertTrue(String.valueOf(refused.getMessage()).contains("plumbline.dev/run/v9"));
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = RunRecordTest.class.getResourceAsStream(name)) {
            assertTrue(in != null, "the golden file " + name + " is missing");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
