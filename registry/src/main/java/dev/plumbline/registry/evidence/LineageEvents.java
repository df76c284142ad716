package dev.plumbline.registry.evidence;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.run.ArtifactRecord;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OpenLineage events (core schema 2-0-2) about a recorded run: one START and one that says how it ended. Unsigned copies of the
 * record for other tools; the statements are the evidence. The Workflow's uid is the run's id.
 */
public final class LineageEvents {

    private static final String SITE = "https://plumbline.dev/";
    private static final String SPEC = "https://openlineage.io/spec/";
    private static final String EVENT = SPEC + "2-0-2/OpenLineage.json#/$defs/RunEvent";

    private LineageEvents() {}

    /** The events, in order. */
    public static List<Map<String, @Nullable Object>> of(RunRecord record, EvidenceSource source) {
        String start = record.id().attempt().isEmpty()
                ? record.createdAt()
                : record.id().attempt();
        String end = record.finishedAt().isEmpty() ? start : record.finishedAt();
        return List.of(event(record, source, "START", start), event(record, source, ended(record.phase()), end));
    }

    private static String ended(String phase) {
        return switch (phase) {
            case "Succeeded" -> "COMPLETE";
            case "Failed", "Error" -> "FAIL";
            default -> "ABORT";
        };
    }

    private static Map<String, @Nullable Object> event(
            RunRecord record, EvidenceSource source, String type, String time) {
        Map<String, @Nullable Object> run = new LinkedHashMap<>();
        run.put("runId", record.id().uid());
        run.put("facets", runFacets(record, type));
        Map<String, @Nullable Object> job = new LinkedHashMap<>();
        job.put("namespace", record.namespace());
        job.put("name", record.template().isEmpty() ? record.name() : record.template());
        job.put("facets", jobFacets(record, source));
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        event.put("eventType", type);
        event.put("eventTime", time);
        event.put("run", run);
        event.put("job", job);
        event.put("inputs", List.of());
        event.put("outputs", type.equals("START") ? List.of() : outputs(record));
        event.put("producer", SITE);
        event.put("schemaURL", EVENT);
        return event;
    }

    private static Map<String, @Nullable Object> runFacets(RunRecord record, String type) {
        Map<String, @Nullable Object> engine = facet("1-1-1", "ProcessingEngineRunFacet");
        engine.put("name", record.executor().word());
        engine.put("version", "unknown");
        List<@Nullable Object> parameters = new ArrayList<>();
        record.parameters().forEach((name, value) -> {
            Map<String, @Nullable Object> parameter = new LinkedHashMap<>();
            parameter.put("key", name);
            parameter.put("value", value);
            parameters.add(parameter);
        });
        Map<String, @Nullable Object> execution = facet("1-0-0", "ExecutionParametersRunFacet");
        execution.put("parameters", parameters);
        Map<String, @Nullable Object> tag = new LinkedHashMap<>();
        tag.put("key", "plumbline.dev/verdict");
        tag.put("value", record.judgement().verdict().name());
        tag.put("source", "plumbline");
        Map<String, @Nullable Object> tags = facet("1-0-0", "TagsRunFacet");
        tags.put("tags", List.of(tag));
        Map<String, @Nullable Object> facets = new LinkedHashMap<>();
        facets.put("processing_engine", engine);
        facets.put("executionParameters", execution);
        facets.put("tags", tags);
        if (type.equals("FAIL")) {
            Map<String, @Nullable Object> error = facet("1-0-1", "ErrorMessageRunFacet");
            error.put("message", record.message());
            error.put("programmingLanguage", "unknown");
            facets.put("errorMessage", error);
        }
        return facets;
    }

    private static Map<String, @Nullable Object> jobFacets(RunRecord record, EvidenceSource source) {
        Map<String, @Nullable Object> type = facet("2-0-4", "JobTypeJobFacet");
        type.put("processingType", "BATCH");
        type.put("integration", "ARGO_WORKFLOWS");
        type.put("jobType", "DAG");
        Map<String, @Nullable Object> facets = new LinkedHashMap<>();
        facets.put("jobType", type);
        CommitId commit = record.judgement().commit();
        if (commit != null && !source.repository().isEmpty()) {
            Map<String, @Nullable Object> location = facet("1-1-0", "SourceCodeLocationJobFacet");
            location.put("type", "git");
            // With the commit: some consumers tell versions of a job by this address alone.
            location.put("url", source.repository() + "/tree/" + commit.hex() + "/" + source.path());
            location.put("repoUrl", source.repository());
            location.put("path", source.path());
            location.put("version", commit.hex());
            if (!source.ref().isEmpty()) {
                location.put("branch", source.ref());
            }
            facets.put("sourceCodeLocation", location);
        }
        return facets;
    }

    private static List<@Nullable Object> outputs(RunRecord record) {
        List<@Nullable Object> outputs = new ArrayList<>();
        for (ModelRecord model : record.models()) {
            Map<String, @Nullable Object> version = facet("1-0-1", "DatasetVersionDatasetFacet");
            version.put(
                    "datasetVersion", model.version().isEmpty() ? record.id().uid() : model.version());
            Map<String, @Nullable Object> kind = facet("1-0-1", "DatasetTypeDatasetFacet");
            kind.put("datasetType", "MODEL");
            outputs.add(dataset("models", model.name(), Map.of("version", version, "datasetType", kind)));
        }
        for (ArtifactRecord artifact : record.artifacts()) {
            outputs.add(dataset("artifacts://" + record.id().cluster(), artifact.key(), Map.of()));
        }
        return outputs;
    }

    private static Map<String, @Nullable Object> dataset(String namespace, String name, Map<String, ?> facets) {
        Map<String, @Nullable Object> dataset = new LinkedHashMap<>();
        dataset.put("namespace", namespace);
        dataset.put("name", name);
        dataset.put("facets", facets);
        return dataset;
    }

    private static Map<String, @Nullable Object> facet(String version, String name) {
        Map<String, @Nullable Object> facet = new LinkedHashMap<>();
        facet.put("_producer", SITE);
        facet.put("_schemaURL", SPEC + "facets/" + version + "/" + name + ".json#/$defs/" + name);
        return facet;
    }
}
