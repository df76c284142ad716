package dev.plumbline.controller.app;

import dev.plumbline.controller.record.ArtifactDigests;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Digests of artifacts as the runner wrote them down when it kept them: by the run that their keys begin with. */
final class RunArtifacts implements ArtifactDigests {

    private final Path runs;

    /** Artifacts of the runs in a folder. */
    RunArtifacts(Path runs) {
        this.runs = runs;
    }

    @Override
    public Optional<Digest> digest(String namespace, String key) {
        int slash = key.indexOf('/');
        String uid = slash < 0 ? "" : key.substring(0, slash);
        if (!uid.matches("[0-9a-f-]{36}")) {
            return Optional.empty();
        }
        try {
            Map<String, @Nullable Object> record =
                    Json.parseObject(Files.readAllBytes(runs.resolve(uid).resolve("artifacts.json")));
            return Tree.maps(record, "artifacts").stream()
                    .filter(artifact -> Tree.text(artifact, "key").equals(key))
                    .map(artifact -> new Digest(Tree.text(artifact, "digest")))
                    .findFirst();
        } catch (IOException | JsonException | IllegalArgumentException e) {
            return Optional.empty(); // Unknown is an answer here: the record then holds no digest.
        }
    }
}
