package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The digests of a run's artifacts, for which Argo's status has no place: {@code artifacts.json} beside the run's logs. Each
 * element has {@code node} (id), {@code name}, {@code key}, {@code digest}, {@code bytes} and {@code archive} ({@code tar},
 * {@code zip} or {@code none}).
 */
final class ArtifactRecords {

    /** Names the form in which they are stored. */
    static final String SCHEMA = "plumbline.dev/run-artifacts/v1";

    private final Path file;

    ArtifactRecords(Path file) {
        this.file = file;
    }

    /** Adds one; an earlier one of the same node and name is replaced. */
    synchronized void add(String node, String name, String key, ArtifactStore.Stored stored, Packing packing)
            throws IOException {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("node", node);
        entry.put("name", name);
        entry.put("key", key);
        entry.put("digest", stored.digest().value());
        entry.put("bytes", stored.bytes());
        entry.put("archive", packing.word());
        List<@Nullable Object> entries = new ArrayList<>();
        for (Map<String, @Nullable Object> known : read()) {
            if (!node.equals(known.get("node")) || !name.equals(known.get("name"))) {
                entries.add(known);
            }
        }
        entries.add(entry);
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("schema", SCHEMA);
        tree.put("artifacts", entries);
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.createDirectories(file.getParent());
        Files.writeString(draft, Json.pretty(tree) + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** All of them; none when no artifact was stored. */
    synchronized List<Map<String, @Nullable Object>> read() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            Map<String, @Nullable Object> tree = Json.parseObject(Files.readAllBytes(file));
            if (!SCHEMA.equals(tree.get("schema"))) {
                throw new IOException("tried to read " + file + ", failed because it is no " + SCHEMA);
            }
            return Tree.maps(tree, "artifacts");
        } catch (JsonException e) {
            throw new IOException("tried to read " + file + ", failed because " + e.getMessage(), e);
        }
    }
}
