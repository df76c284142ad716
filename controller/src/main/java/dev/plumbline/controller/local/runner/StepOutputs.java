package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.Artifact;
import dev.plumbline.registry.argo.Parameter;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what a step left: parameters from files, artifacts into the store. */
final class StepOutputs {

    /** Longest value of an output parameter, in bytes: what a Workflow object may weigh altogether. */
    static final long MAX_PARAMETER_BYTES = 1024 * 1024;

    private final RunParts run;
    private final String nodeId;
    private final ArtifactPlaces places;
    private final StepPaths paths;

    StepOutputs(RunParts run, String nodeId, ArtifactPlaces places, StepPaths paths) {
        this.run = run;
        this.nodeId = nodeId;
        this.places = places;
        this.paths = paths;
    }

    /**
     * The node's {@code outputs}.
     *
     * @param complete whether everything that is declared must be there; after a failure only what is there is taken
     * @throws NodeProblem when something declared is missing, or cannot be stored
     */
    Map<String, @Nullable Object> collect(Template template, boolean complete) throws NodeProblem {
        Map<String, @Nullable Object> outputs = new LinkedHashMap<>();
        List<@Nullable Object> parameters = new ArrayList<>();
        for (Parameter parameter : template.outputParameters()) {
            String value = value(parameter, complete);
            if (value != null) {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>(parameter.tree());
                copy.put("value", value);
                parameters.add(copy);
            }
        }
        List<@Nullable Object> artifacts = new ArrayList<>();
        for (Artifact artifact : template.outputArtifacts()) {
            Map<String, @Nullable Object> stored = store(artifact, complete);
            if (stored != null) {
                artifacts.add(stored);
            }
        }
        if (!parameters.isEmpty()) {
            outputs.put("parameters", parameters);
        }
        if (!artifacts.isEmpty()) {
            outputs.put("artifacts", artifacts);
        }
        return outputs;
    }

    private @Nullable String value(Parameter parameter, boolean complete) throws NodeProblem {
        String path = parameter.path();
        if (path == null) {
            return parameter.value();
        }
        Path file = paths.declare(path);
        try {
            if (!Files.isRegularFile(file)) {
                String otherwise = parameter.valueFromDefault();
                if (otherwise == null && complete) {
                    throw new NodeProblem("output parameter '" + parameter.name() + "': no file " + path);
                }
                return otherwise;
            }
            if (Files.size(file) > MAX_PARAMETER_BYTES) {
                throw new NodeProblem("output parameter '" + parameter.name() + "': " + path + " has more than "
                        + MAX_PARAMETER_BYTES + " bytes");
            }
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        } catch (IOException e) {
            throw new NodeProblem(
                    "output parameter '" + parameter.name() + "': cannot read " + path + ": " + e.getMessage());
        }
    }

    private @Nullable Map<String, @Nullable Object> store(Artifact artifact, boolean complete) throws NodeProblem {
        String path = String.valueOf(artifact.path());
        Path source = paths.declare(path);
        if (!Files.exists(source)) {
            if (complete && !artifact.optional()) {
                throw new NodeProblem("output artifact '" + artifact.name() + "': nothing at " + path);
            }
            return null;
        }
        Packing packing = Packing.of(artifact);
        try {
            ArtifactPlaces.Spot spot = places.of(artifact);
            ArtifactStore.Stored stored = spot.place().put(spot.key(), source, packing, Packing.level(artifact));
            run.artifacts().add(nodeId, artifact.name(), spot.key(), stored, packing);
            Map<String, @Nullable Object> copy = Tree.copy(artifact.tree());
            copy.put("s3", spot.s3());
            return copy;
        } catch (IOException e) {
            throw new NodeProblem(
                    "output artifact '" + artifact.name() + "': cannot store " + path + ": " + e.getMessage());
        }
    }
}
