package dev.plumbline.registry.run;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.RunId;
import dev.plumbline.registry.model.SyncId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The record of one ended (or vanished) run, kept for ever. Format {@value #SCHEMA}.
 *
 * @param id which run
 * @param sync the sync in whose namespace it ran
 * @param executor what executed it
 * @param namespace namespace of the Workflow
 * @param name name of the Workflow
 * @param template the template object that it refers to as a whole; empty when it carried its own templates
 * @param trigger what started it
 * @param createdAt when the Workflow was created, RFC 3339
 * @param finishedAt when it ended; empty when it was deleted before
 * @param phase Argo's last phase; {@value #VANISHED} when it was deleted before it ended
 * @param message Argo's last message
 * @param parameters arguments of the run
 * @param nodes how its nodes went
 * @param outputs global outputs
 * @param artifacts output artifacts
 * @param inputs artifacts that it was given and did not make
 * @param release the Release in force when it was created; null when none was
 * @param previous the Release before that, when it was created while that one was being applied; else null
 * @param judgement verdict, reasons, commit and evidence
 * @param models models that it made
 * @param dataDigests digests of data, by the name of the node that stated them ({@code run} for global outputs)
 */
public record RunRecord(
        RunId id,
        SyncId sync,
        Executor executor,
        String namespace,
        String name,
        String template,
        Trigger trigger,
        String createdAt,
        String finishedAt,
        String phase,
        String message,
        Map<String, String> parameters,
        List<NodeOutcome> nodes,
        Map<String, String> outputs,
        List<ArtifactRecord> artifacts,
        List<InputArtifact> inputs,
        @Nullable ReleaseInForce release,
        @Nullable ReleaseInForce previous,
        Judgement judgement,
        List<ModelRecord> models,
        Map<String, String> dataDigests) {

    /** Name of the format. */
    public static final String SCHEMA = "plumbline.dev/run/v1";

    /** Argo's phase of a run that did what it should. */
    public static final String SUCCEEDED = "Succeeded";

    /** Phase of a run that was deleted before it ended. */
    public static final String VANISHED = "Vanished";

    /** Keeps its own copies. */
    public RunRecord {
        parameters = NodeOutcome.sorted(parameters);
        nodes = List.copyOf(nodes);
        outputs = NodeOutcome.sorted(outputs);
        artifacts = List.copyOf(artifacts);
        inputs = List.copyOf(inputs);
        models = List.copyOf(models);
        dataDigests = NodeOutcome.sorted(dataDigests);
    }

    /** The same with other texts in the places where secrets may stand. */
    public RunRecord redacted(
            Map<String, String> arguments, List<NodeOutcome> outcomes, Map<String, String> results, String words) {
        return new RunRecord(
                id,
                sync,
                executor,
                namespace,
                name,
                template,
                trigger,
                createdAt,
                finishedAt,
                phase,
                words,
                arguments,
                outcomes,
                results,
                artifacts,
                inputs,
                release,
                previous,
                judgement,
                models,
                dataDigests);
    }

    /** The same with what is known of its models. */
    public RunRecord withModels(List<ModelRecord> known) {
        return new RunRecord(
                id,
                sync,
                executor,
                namespace,
                name,
                template,
                trigger,
                createdAt,
                finishedAt,
                phase,
                message,
                parameters,
                nodes,
                outputs,
                artifacts,
                inputs,
                release,
                previous,
                judgement,
                known,
                dataDigests);
    }

    /** As a plain tree that names its schema. */
    public Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("schema", SCHEMA);
        Map<String, @Nullable Object> which = new LinkedHashMap<>();
        which.put("cluster", id.cluster());
        which.put("uid", id.uid());
        which.put("attempt", id.attempt());
        tree.put("id", which);
        tree.put("sync", sync.toString());
        tree.put("executor", executor.word());
        tree.put("namespace", namespace);
        tree.put("name", name);
        NodeOutcome.put(tree, "template", template);
        tree.put("trigger", trigger.tree());
        tree.put("createdAt", createdAt);
        NodeOutcome.put(tree, "finishedAt", finishedAt);
        tree.put("phase", phase);
        NodeOutcome.put(tree, "message", message);
        tree.put("parameters", parameters);
        tree.put("nodes", nodes.stream().map(NodeOutcome::tree).toList());
        tree.put("outputs", outputs);
        tree.put("artifacts", artifacts.stream().map(ArtifactRecord::tree).toList());
        if (!inputs.isEmpty()) {
            tree.put("inputs", inputs.stream().map(InputArtifact::tree).toList());
        }
        if (release != null) {
            tree.put("release", release.tree());
        }
        if (previous != null) {
            tree.put("previous", previous.tree());
        }
        tree.put("judgement", judgement.tree());
        tree.put("models", models.stream().map(ModelRecord::tree).toList());
        tree.put("dataDigests", dataDigests);
        return tree;
    }

    /**
     * Reads what {@link #tree()} wrote.
     *
     * @throws IllegalArgumentException when the tree is of another format, or damaged
     */
    public static RunRecord of(Map<String, @Nullable Object> tree) {
        if (!SCHEMA.equals(tree.get("schema"))) {
            throw new IllegalArgumentException("tried to read a run record, but its schema is " + tree.get("schema")
                    + " and not " + SCHEMA + "; read it with a Plumbline that knows that format");
        }
        String[] sync = Tree.text(tree, "sync").split("/", 2);
        Map<String, @Nullable Object> release = Tree.map(tree, "release");
        Map<String, @Nullable Object> previous = Tree.map(tree, "previous");
        return new RunRecord(
                new RunId(
                        Tree.text(tree, "id", "cluster"),
                        Tree.text(tree, "id", "uid"),
                        Tree.text(tree, "id", "attempt")),
                new SyncId(sync[0], sync.length < 2 ? "" : sync[1]),
                Executor.of(Tree.text(tree, "executor")),
                Tree.text(tree, "namespace"),
                Tree.text(tree, "name"),
                Tree.text(tree, "template"),
                Trigger.read(Tree.map(tree, "trigger")),
                Tree.text(tree, "createdAt"),
                Tree.text(tree, "finishedAt"),
                Tree.text(tree, "phase"),
                Tree.text(tree, "message"),
                NodeOutcome.texts(tree, "parameters"),
                Tree.maps(tree, "nodes").stream().map(NodeOutcome::read).toList(),
                NodeOutcome.texts(tree, "outputs"),
                Tree.maps(tree, "artifacts").stream().map(ArtifactRecord::read).toList(),
                Tree.maps(tree, "inputs").stream().map(InputArtifact::read).toList(),
                release.isEmpty() ? null : ReleaseInForce.read(release),
                previous.isEmpty() ? null : ReleaseInForce.read(previous),
                Judgement.read(Tree.map(tree, "judgement")),
                Tree.maps(tree, "models").stream().map(ModelRecord::read).toList(),
                NodeOutcome.texts(tree, "dataDigests"));
    }
}
