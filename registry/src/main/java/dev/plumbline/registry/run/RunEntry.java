package dev.plumbline.registry.run;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.RunId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a sync's log of runs: enough to list and find runs without reading their records. An entry of kind AMENDMENT
 * says again which models a run made, when the model registry answered only later. Format {@value #SCHEMA}.
 *
 * @param kind whether it is a run or an amendment
 * @param id which run
 * @param record digest of the run's record among the objects
 * @param namespace namespace of the Workflow
 * @param name name of the Workflow
 * @param template the template object that it refers to; empty when it carried its own
 * @param phase its last phase
 * @param createdAt when it was created
 * @param finishedAt when it ended; empty when it vanished
 * @param verdict the verdict
 * @param commit the run's commit; null when there is none
 * @param models models that it made
 * @param parts where in the mainline what it executed stands, part by part, without those that stand nowhere; null in an
 *     amendment, and in entries of versions that did not write it: then the record says it
 */
public record RunEntry(
        Kind kind,
        RunId id,
        Digest record,
        String namespace,
        String name,
        String template,
        String phase,
        String createdAt,
        String finishedAt,
        Verdict verdict,
        @Nullable CommitId commit,
        List<ModelRecord> models,
        @Nullable List<PartPlace> parts) {

    /** Name of the format. */
    public static final String SCHEMA = "plumbline.dev/run-entry/v1";

    /** What an entry is. */
    public enum Kind {
        /** A run that ended or vanished. */
        RUN,
        /** What a model registry said later of the models of a run. */
        AMENDMENT
    }

    /** Keeps its own copy. */
    public RunEntry {
        models = List.copyOf(models);
        parts = parts == null ? null : List.copyOf(parts);
    }

    /** The entry of a record. */
    public static RunEntry of(RunRecord record, Digest digest) {
        return new RunEntry(
                Kind.RUN,
                record.id(),
                digest,
                record.namespace(),
                record.name(),
                record.template(),
                record.phase(),
                record.createdAt(),
                record.finishedAt(),
                record.judgement().verdict(),
                record.judgement().commit(),
                record.models(),
                PartPlace.of(record.judgement()));
    }

    /** The same run with what was learnt of its models. */
    public RunEntry amended(List<ModelRecord> learnt) {
        return new RunEntry(
                Kind.AMENDMENT,
                id,
                record,
                namespace,
                name,
                template,
                phase,
                createdAt,
                finishedAt,
                verdict,
                commit,
                learnt,
                null);
    }

    /** The same run with the models that are known by now; without its parts. */
    public RunEntry knowing(List<ModelRecord> known) {
        return new RunEntry(
                kind,
                id,
                record,
                namespace,
                name,
                template,
                phase,
                createdAt,
                finishedAt,
                verdict,
                commit,
                known,
                null);
    }

    /** As a plain tree that names its schema. */
    public Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("schema", SCHEMA);
        tree.put("kind", kind.name());
        tree.put("cluster", id.cluster());
        tree.put("uid", id.uid());
        tree.put("attempt", id.attempt());
        tree.put("record", record.value());
        tree.put("namespace", namespace);
        tree.put("name", name);
        NodeOutcome.put(tree, "template", template);
        tree.put("phase", phase);
        tree.put("createdAt", createdAt);
        NodeOutcome.put(tree, "finishedAt", finishedAt);
        tree.put("verdict", verdict.name());
        if (commit != null) {
            tree.put("commit", commit.hex());
        }
        List<@Nullable Object> made = new ArrayList<>();
        models.forEach(model -> made.add(model.tree()));
        tree.put("models", made);
        if (parts != null) {
            tree.put("parts", parts.stream().map(PartPlace::tree).toList());
        }
        return tree;
    }

    /**
     * Reads what {@link #tree()} wrote.
     *
     * @throws IllegalArgumentException when the tree is of another format, or damaged
     */
    public static RunEntry of(Map<String, @Nullable Object> tree) {
        if (!SCHEMA.equals(tree.get("schema"))) {
            throw new IllegalArgumentException("tried to read an entry of the log of runs, but its schema is "
                    + tree.get("schema") + " and not " + SCHEMA);
        }
        return new RunEntry(
                Kind.valueOf(Tree.text(tree, "kind")),
                new RunId(Tree.text(tree, "cluster"), Tree.text(tree, "uid"), Tree.text(tree, "attempt")),
                new Digest(Tree.text(tree, "record")),
                Tree.text(tree, "namespace"),
                Tree.text(tree, "name"),
                Tree.text(tree, "template"),
                Tree.text(tree, "phase"),
                Tree.text(tree, "createdAt"),
                Tree.text(tree, "finishedAt"),
                Verdict.valueOf(Tree.text(tree, "verdict")),
                PartEvidence.commit(tree),
                Tree.maps(tree, "models").stream().map(ModelRecord::read).toList(),
                tree.containsKey("parts")
                        ? Tree.maps(tree, "parts").stream().map(PartPlace::read).toList()
                        : null);
    }
}
