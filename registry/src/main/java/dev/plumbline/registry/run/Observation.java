package dev.plumbline.registry.run;

import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a Workflow object says of one attempt of a run.
 *
 * @param namespace its namespace
 * @param name its name
 * @param uid its uid
 * @param attempt {@code status.startedAt}; empty when it never started
 * @param createdAt {@code metadata.creationTimestamp}, RFC 3339
 * @param finishedAt {@code status.finishedAt}; empty while it runs
 * @param phase Argo's phase; empty before the first reconcile
 * @param message Argo's message
 * @param ended whether phase and completion agree that it is over
 * @param trigger what started it
 * @param metadata its labels and annotations, as {@code labels} and {@code annotations}, when it was read; may not be changed
 * @param spec the Workflow's own spec; may not be changed
 * @param parameters arguments of the executed spec
 * @param executed what it executed; the spec first
 * @param nodes its nodes, by name
 * @param outputs global output parameters
 * @param artifacts output artifacts with a key
 * @param places in which buckets they are, for those that are in S3
 * @param inputs artifacts that it was given, none of them read
 * @param pods what was seen of its pods
 * @param obscurities why parts of what ran cannot be known, in words; empty when all is known
 * @param borrowed nodes that took their results from earlier runs
 */
public record Observation(
        String namespace,
        String name,
        String uid,
        String attempt,
        String createdAt,
        String finishedAt,
        String phase,
        String message,
        boolean ended,
        Trigger trigger,
        Map<String, @Nullable Object> metadata,
        Map<String, @Nullable Object> spec,
        Map<String, String> parameters,
        List<ExecutedDefinition> executed,
        List<NodeOutcome> nodes,
        Map<String, String> outputs,
        List<ArtifactRecord> artifacts,
        List<ArtifactPlace> places,
        List<InputArtifact> inputs,
        SeenContainers pods,
        List<String> obscurities,
        List<BorrowedResult> borrowed) {

    /** Keeps its own copies of the lists and of the maps of text. */
    public Observation {
        parameters = NodeOutcome.sorted(parameters);
        executed = List.copyOf(executed);
        nodes = List.copyOf(nodes);
        outputs = NodeOutcome.sorted(outputs);
        artifacts = List.copyOf(artifacts);
        places = List.copyOf(places);
        inputs = List.copyOf(inputs);
        obscurities = List.copyOf(obscurities);
        borrowed = List.copyOf(borrowed);
    }

    /** Without labels and annotations, pods, and results of earlier runs. */
    Observation(
            String namespace,
            String name,
            String uid,
            String attempt,
            String createdAt,
            String finishedAt,
            String phase,
            String message,
            boolean ended,
            Trigger trigger,
            Map<String, @Nullable Object> spec,
            Map<String, String> parameters,
            List<ExecutedDefinition> executed,
            List<NodeOutcome> nodes,
            Map<String, String> outputs,
            List<ArtifactRecord> artifacts,
            List<String> obscurities) {
        this(
                namespace,
                name,
                uid,
                attempt,
                createdAt,
                finishedAt,
                phase,
                message,
                ended,
                trigger,
                Map.of(),
                spec,
                parameters,
                executed,
                nodes,
                outputs,
                artifacts,
                List.of(),
                List.of(),
                SeenContainers.NONE,
                obscurities,
                List.of());
    }

    /** The same, with a further reason why what ran cannot be known. */
    public Observation obscured(String reason) {
        List<String> more = new ArrayList<>(obscurities);
        more.add(reason);
        return with(nodes, pods, more);
    }

    /** The same with what was seen of its pods, and the images of its nodes. */
    public Observation withPods(SeenContainers seen) {
        Map<String, Map<String, String>> images = new HashMap<>();
        for (PodContainer container : seen.containers()) {
            if (!container.imageId().isEmpty()) {
                images.computeIfAbsent(container.node(), _ -> new HashMap<>())
                        .put(container.name(), container.imageId());
            }
        }
        List<NodeOutcome> with = nodes.stream()
                .map(node -> node.withImages(images.getOrDefault(node.id(), Map.of())))
                .toList();
        return with(with, seen, obscurities);
    }

    private Observation with(List<NodeOutcome> outcomes, SeenContainers seen, List<String> reasons) {
        return new Observation(
                namespace,
                name,
                uid,
                attempt,
                createdAt,
                finishedAt,
                phase,
                message,
                ended,
                trigger,
                metadata,
                spec,
                parameters,
                executed,
                outcomes,
                outputs,
                artifacts,
                places,
                inputs,
                seen,
                reasons,
                borrowed);
    }

    /** A run of which only the sighting is left, and why. */
    public static Observation lost(RunSighting sighting, String why) {
        return new Observation(
                sighting.namespace(),
                sighting.name(),
                sighting.id().uid(),
                sighting.id().attempt(),
                sighting.createdAt(),
                "",
                "",
                "",
                false,
                new Trigger(Trigger.Kind.PERSON, ""),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(why));
    }

    /** The template object that the run refers to as a whole; empty when it carries its own templates. */
    public String templateRef() {
        return Tree.text(spec, "workflowTemplateRef", "name");
    }
}
