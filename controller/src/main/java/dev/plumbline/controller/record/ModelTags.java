package dev.plumbline.controller.record;

import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.models.ModelRegistry;
import dev.plumbline.registry.models.ModelRegistryException;
import dev.plumbline.registry.models.ModelVersion;
import dev.plumbline.registry.provenance.ModelsOfRun;
import dev.plumbline.registry.run.ArtifactRecord;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.ModelRecord.Registration;
import dev.plumbline.registry.run.Observation;
import dev.plumbline.registry.run.RunRecord;
import dev.plumbline.registry.run.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Joins the models of a run with a model registry, and writes there which commit made them. A run may claim any model, so
 * tags are written only where the registry names the same tracking run, and never over those of another run.
 */
final class ModelTags {

    /** Tag: the commit that made the model. */
    static final String COMMIT = "plumbline.dev/commit";

    /** Tag: the verdict on the run that made it. */
    static final String VERDICT = "plumbline.dev/verdict";

    private static final String GIT_COMMIT = "mlflow.source.git.commit";
    private static final String GIT_REPOSITORY = "mlflow.source.git.repoURL";

    private final @Nullable ModelRegistry registry;

    ModelTags(@Nullable ModelRegistry registry) {
        this.registry = registry;
    }

    /** The models that a run says it made, with their digests. */
    static List<ModelRecord> made(Observation run, List<ArtifactRecord> artifacts) {
        return ModelsOfRun.models(run).stream()
                .map(model -> model.withDigest(digest(model, artifacts)))
                .toList();
    }

    /** Whether there is anything to ask about these models. */
    boolean asks(List<ModelRecord> models) {
        return registry != null
                && models.stream().anyMatch(model -> !model.version().isEmpty());
    }

    /**
     * The models with what the registry says of them.
     *
     * @throws ModelRegistryException when it does not answer
     */
    List<ModelRecord> join(List<ModelRecord> models) throws ModelRegistryException {
        List<ModelRecord> joined = new ArrayList<>();
        for (ModelRecord model : models) {
            if (registry == null || model.version().isEmpty()) {
                joined.add(model);
                continue;
            }
            Optional<ModelVersion> version = registry.find(model.name(), model.version());
            joined.add(model.registered(
                    registration(model, version),
                    version.map(ModelVersion::source).orElse("")));
        }
        return joined;
    }

    /**
     * Writes the tags of the models of a recorded run.
     *
     * @param repository address of the repository; empty for none
     * @return in words, what was not written and will not be
     * @throws ModelRegistryException when not all were written; writing again is safe
     */
    List<String> write(RunRecord record, List<ModelRecord> models, String repository) throws ModelRegistryException {
        List<String> refused = new ArrayList<>();
        if (registry == null) {
            return refused;
        }
        Map<String, String> tags = tags(record, repository);
        for (ModelRecord model : models) {
            String what = "model " + model.name() + ":" + model.version();
            if (model.registration() == Registration.FOUND) {
                ModelVersion version =
                        registry.find(model.name(), model.version()).orElse(null);
                if (version == null) {
                    refused.add(what + " is gone from the model registry, so its tags were not written");
                } else if (ofAnother(version, tags)) {
                    refused.add(what + " already has the tags of another run than " + record.name()
                            + ", which stay as they are");
                } else {
                    registry.tag(version, tags);
                }
            } else if (model.registration() == Registration.OTHER_RUN) {
                refused.add("run " + record.name() + " says that it made " + what
                        + ", but the model registry names another tracking run, so no tags were written");
            }
        }
        return refused;
    }

    /** The digest of the one artifact that is marked as a model by its name. */
    private static @Nullable Digest digest(ModelRecord model, List<ArtifactRecord> artifacts) {
        List<Digest> digests = artifacts.stream()
                .filter(artifact -> artifact.name().startsWith("model"))
                .filter(artifact -> model.node().isEmpty() || artifact.node().equals(model.node()))
                .map(ArtifactRecord::sha256)
                .filter(java.util.Objects::nonNull)
                .distinct()
                .toList();
        return digests.size() == 1 ? digests.getFirst() : null;
    }

    private static Registration registration(ModelRecord model, Optional<ModelVersion> version) {
        if (version.isEmpty()) {
            return Registration.MISSING;
        }
        if (model.mlflowRunId().isEmpty()) {
            return Registration.UNCONFIRMED;
        }
        return version.get().runId().equals(model.mlflowRunId()) ? Registration.FOUND : Registration.OTHER_RUN;
    }

    private static boolean ofAnother(ModelVersion version, Map<String, String> tags) {
        for (String key : List.of(COMMIT, VERDICT)) {
            String there = version.tags().get(key);
            if (there != null && !there.equals(tags.get(key))) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, String> tags(RunRecord record, String repository) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(VERDICT, record.judgement().verdict().name());
        if (record.judgement().commit() != null) {
            tags.put(COMMIT, record.judgement().commit().hex());
            if (record.judgement().verdict() == Verdict.MATCH) {
                tags.put(GIT_COMMIT, record.judgement().commit().hex());
                if (!repository.isEmpty()) {
                    tags.put(GIT_REPOSITORY, repository);
                }
            }
        }
        return tags;
    }
}
