package dev.plumbline.registry.run;

import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the artifacts of a run are, as its Workflow says: what it made, and what it was given. An artifact that says only its key is in
 * the repository of the run.
 */
final class RunArtifactPlaces {

    /** Where Argo gets artifacts from beside S3 and the Workflow itself ({@code raw}), by the fields of an artifact. */
    private static final List<String> OTHERS =
            List.of("git", "http", "gcs", "azure", "oss", "hdfs", "artifactory", "plugin");

    private final Map<String, @Nullable Object> workflow;
    private final Map<String, @Nullable Object> nodes;
    private final Map<String, @Nullable Object> repository;

    RunArtifactPlaces(Map<String, @Nullable Object> workflow, Map<String, @Nullable Object> nodes) {
        this.workflow = workflow;
        this.nodes = nodes;
        this.repository = Tree.map(workflow, "status", "artifactRepositoryRef", "artifactRepository", "s3");
    }

    /** Of what it made. */
    List<ArtifactPlace> made() {
        List<ArtifactPlace> places = new ArrayList<>();
        for (Map<String, @Nullable Object> artifact : Tree.maps(workflow, "status", "outputs", "artifacts")) {
            place(places, "", artifact);
        }
        for (@Nullable Object node : nodes.values()) {
            for (Map<String, @Nullable Object> artifact : Tree.maps(node, "outputs", "artifacts")) {
                place(places, Tree.text(node, "name"), artifact);
            }
        }
        return places;
    }

    /** What it was given: each artifact once, by its place. */
    List<InputArtifact> given() {
        List<ArtifactPlace> made = made();
        Map<String, InputArtifact> given = new TreeMap<>();
        for (Map<String, @Nullable Object> artifact : Tree.maps(workflow, "spec", "arguments", "artifacts")) {
            given(given, made, "", artifact);
        }
        for (@Nullable Object node : nodes.values()) {
            for (Map<String, @Nullable Object> artifact : Tree.maps(node, "inputs", "artifacts")) {
                given(given, made, Tree.text(node, "name"), artifact);
            }
        }
        return List.copyOf(given.values());
    }

    private void given(
            Map<String, InputArtifact> given,
            List<ArtifactPlace> made,
            String node,
            Map<String, @Nullable Object> artifact) {
        String name = Tree.text(artifact, "name");
        List<ArtifactPlace> places = new ArrayList<>();
        place(places, node, artifact);
        for (ArtifactPlace place : places) {
            if (made.stream().noneMatch(each -> holds(each, place))) {
                given.putIfAbsent(place.endpoint() + " " + place.bucket() + " " + place.key(), InputArtifact.at(place));
            }
        }
        for (String other : OTHERS) {
            if (artifact.get(other) instanceof Map<?, ?>) {
                String why = "it comes by " + other + ", of which no digest is taken";
                given.putIfAbsent(other + " " + node + " " + name, InputArtifact.elsewhere(node, name, why));
            }
        }
    }

    /** Whether an artifact is another, or a part of it. */
    private static boolean holds(ArtifactPlace whole, ArtifactPlace part) {
        return whole.endpoint().equals(part.endpoint())
                && whole.bucket().equals(part.bucket())
                && (whole.key().equals(part.key()) || part.key().startsWith(whole.key() + "/"));
    }

    private void place(List<ArtifactPlace> places, String node, Map<String, @Nullable Object> artifact) {
        String key = Tree.text(artifact, "s3", "key");
        String endpoint = Tree.text(artifact, "s3", "endpoint");
        String bucket = Tree.text(artifact, "s3", "bucket");
        if (!key.isEmpty()) {
            places.add(new ArtifactPlace(
                    node,
                    Tree.text(artifact, "name"),
                    endpoint.isEmpty() ? Tree.text(repository, "endpoint") : endpoint,
                    bucket.isEmpty() ? Tree.text(repository, "bucket") : bucket,
                    key));
        }
    }
}
