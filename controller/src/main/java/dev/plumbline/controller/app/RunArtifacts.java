package dev.plumbline.controller.app;

import dev.plumbline.controller.record.ArtifactDigests;
import dev.plumbline.registry.evidence.ModelFile;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.run.ArtifactRecord;
import dev.plumbline.registry.run.InputArtifact;
import dev.plumbline.registry.run.Observation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Digests of artifacts as the runner wrote them down when it kept them: by the run whose uid stands in their keys. */
final class RunArtifacts implements ArtifactDigests {

    /** Most files of one artifact that are listed: 100,000. */
    private static final int MAX_FILES = 100_000;

    private final Path runs;
    private final Path artifacts;

    /** Artifacts of the runs in a data folder. */
    RunArtifacts(DataFolder data) {
        this.runs = data.resolve("runs");
        this.artifacts = data.resolve("artifacts");
    }

    @Override
    public List<ArtifactRecord> read(Observation run) {
        return run.artifacts().stream()
                .map(artifact -> artifact.withDigest(digest(artifact.key()).orElse(null)))
                .toList();
    }

    /** Read in the folder that the runner keeps artifacts in; the digest of a folder is that of its listing, as in a cluster. */
    @Override
    public List<InputArtifact> inputs(List<InputArtifact> given) {
        return given.stream()
                .map(input -> input.key().isEmpty() ? input : read(input))
                .toList();
    }

    private InputArtifact read(InputArtifact input) {
        if (!input.bucket().isEmpty()) {
            return input.withoutDigest("bucket " + input.bucket() + " at " + input.endpoint()
                    + " is read by the steps alone, with keys that the recorder has not");
        }
        Path root = artifacts.resolve(input.key()).normalize();
        if (!root.startsWith(artifacts) || !Files.exists(root)) {
            return input.withoutDigest(ArtifactDigests.GONE);
        }
        try {
            return Files.isRegularFile(root) ? input.withDigest(digest(root)) : folder(input, root);
        } catch (IOException e) {
            return input.withoutDigest("it cannot be read: " + e.getMessage());
        }
    }

    private static InputArtifact folder(InputArtifact input, Path root) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root)) {
            files = walk.filter(Files::isRegularFile).limit(MAX_FILES + 1L).toList();
        }
        if (files.size() > MAX_FILES) {
            return input.withoutDigest("it has more than " + MAX_FILES + " files");
        }
        Map<String, Path> sorted = new TreeMap<>();
        files.forEach(file -> sorted.put(root.relativize(file).toString(), file));
        StringBuilder listing = new StringBuilder();
        for (Map.Entry<String, Path> file : sorted.entrySet()) {
            listing.append(digest(file.getValue()).hex())
                    .append("  ")
                    .append(file.getKey())
                    .append('\n');
        }
        return input.withDigest(Digest.of(listing.toString()));
    }

    private Optional<Digest> digest(String key) {
        String uid = List.of(key.split("/", -1)).stream()
                .filter(part -> part.matches("[0-9a-f-]{36}"))
                .findFirst()
                .orElse("");
        if (uid.isEmpty()) {
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

    @Override
    public List<ModelFile> files(ArtifactRecord artifact) {
        Path root = artifacts.resolve(artifact.key()).normalize();
        if (!root.startsWith(artifacts)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(root)) {
            List<Path> files =
                    walk.filter(Files::isRegularFile).limit(MAX_FILES + 1L).toList();
            List<ModelFile> made = new ArrayList<>();
            for (Path file : files.size() > MAX_FILES ? List.<Path>of() : files) {
                String name = file.equals(root)
                        ? String.valueOf(file.getFileName())
                        : root.relativize(file).toString();
                made.add(new ModelFile(name, digest(file)));
            }
            return made;
        } catch (IOException e) {
            return List.of(); // Unknown is an answer here too: the evidence then lists no files.
        }
    }

    private static Digest digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Digest.of(in);
        }
    }
}
