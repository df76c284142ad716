package dev.plumbline.registry.query;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.run.Interval;
import dev.plumbline.registry.run.Judgement;
import dev.plumbline.registry.run.ModelRecord;
import dev.plumbline.registry.run.NodeOutcome;
import dev.plumbline.registry.run.PartEvidence;
import dev.plumbline.registry.run.RunRecord;
import dev.plumbline.registry.source.SourceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that one screen says of a run, or of a model through its run. */
record RunReport(KnownRun known, RunRecord record, Commits commits) {

    /** The answer about the run. */
    Map<String, @Nullable Object> run() throws SourceException {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("kind", "run");
        body(tree);
        List<@Nullable Object> models = new ArrayList<>();
        known.models().forEach(model -> models.add(model.tree()));
        tree.put("models", models);
        List<@Nullable Object> nodes = new ArrayList<>();
        record.nodes().forEach(node -> {
            Map<String, @Nullable Object> each = new LinkedHashMap<>();
            each.put("name", node.name());
            each.put("type", node.type());
            each.put("definition", node.definition());
            each.put("phase", node.phase());
            each.put("message", node.message());
            each.put("startedAt", node.startedAt());
            each.put("outputs", node.outputs());
            if (!node.images().isEmpty()) {
                each.put("images", node.images());
            }
            nodes.add(each);
        });
        tree.put("nodes", nodes);
        tree.put("artifacts", artifacts());
        if (!record.inputs().isEmpty()) {
            tree.put("inputs", inputs());
        }
        return tree;
    }

    private List<@Nullable Object> artifacts() {
        List<@Nullable Object> artifacts = new ArrayList<>();
        record.artifacts().forEach(artifact -> {
            Map<String, @Nullable Object> each = new LinkedHashMap<>();
            each.put("node", artifact.node());
            each.put("name", artifact.name());
            each.put(
                    "digest",
                    artifact.sha256() == null ? null : artifact.sha256().value());
            if (!artifact.unread().isEmpty()) {
                each.put("unread", artifact.unread());
            }
            artifacts.add(each);
        });
        return artifacts;
    }

    private List<@Nullable Object> inputs() {
        List<@Nullable Object> inputs = new ArrayList<>();
        record.inputs().forEach(input -> {
            Map<String, @Nullable Object> each = new LinkedHashMap<>();
            each.put("node", input.node());
            each.put("name", input.name());
            each.put("place", input.display());
            each.put("digest", input.sha256() == null ? null : input.sha256().value());
            if (!input.unread().isEmpty()) {
                each.put("unread", input.unread());
            }
            inputs.add(each);
        });
        return inputs;
    }

    /** The answer about a model that it made. */
    Map<String, @Nullable Object> model(ModelRecord model) throws SourceException {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("kind", "model");
        tree.put("model", model.tree());
        body(tree);
        tree.put("mlflowRun", model.mlflowRunId());
        return tree;
    }

    private void body(Map<String, @Nullable Object> tree) throws SourceException {
        Judgement judgement = record.judgement();
        tree.put("run", runOnly());
        tree.put("verdict", judgement.verdict().name());
        tree.put("reasons", judgement.reasons());
        tree.put("commit", judgement.commit() == null ? null : commits.tree(judgement.commit()));
        tree.put("range", ranges(judgement.range()));
        List<@Nullable Object> templates = new ArrayList<>();
        List<@Nullable Object> files = new ArrayList<>();
        for (PartEvidence part : judgement.parts()) {
            if (part.files().isEmpty()) {
                templates.add(template(part));
            }
            for (PartEvidence.FileEvidence file : part.files()) {
                Map<String, @Nullable Object> each = new LinkedHashMap<>();
                each.put("file", file.name());
                each.put("in", part.reference());
                each.put("digest", file.digest().value());
                each.put("commit", commit(file.commit()));
                files.add(each);
            }
        }
        tree.put("templates", templates);
        tree.put("files", files);
        tree.put("parameters", record.parameters());
        tree.put("dataDigests", record.dataDigests());
        Map<String, @Nullable Object> images = new LinkedHashMap<>();
        for (NodeOutcome node : record.nodes()) {
            String step = node.name().startsWith(record.name() + ".")
                    ? node.name().substring(record.name().length() + 1)
                    : node.name();
            node.images().forEach((container, image) -> images.put(step + " " + container, image));
        }
        tree.put("images", images);
        tree.put("outputs", record.outputs());
    }

    private Map<String, @Nullable Object> runOnly() {
        Map<String, @Nullable Object> run = new LinkedHashMap<>();
        run.put("sync", record.sync().toString());
        run.put("namespace", record.namespace());
        run.put("name", record.name());
        run.put("uid", record.id().uid());
        run.put("attempt", record.id().attempt());
        run.put("executor", record.executor().word());
        run.put(
                "trigger",
                record.trigger().kind().name().toLowerCase(Locale.ROOT)
                        + (record.trigger().name().isEmpty()
                                ? ""
                                : " " + record.trigger().name()));
        run.put("phase", record.phase());
        run.put("message", record.message());
        run.put("createdAt", record.createdAt());
        run.put("finishedAt", record.finishedAt());
        if (record.release() != null) {
            run.put("revision", record.release().revision());
            run.put("release", record.release().digest().value());
        }
        run.put("record", known.entry().record().value());
        return run;
    }

    private Map<String, @Nullable Object> template(PartEvidence part) throws SourceException {
        Map<String, @Nullable Object> each = new LinkedHashMap<>();
        each.put("reference", part.reference());
        each.put("object", part.object() == null ? null : part.object().display());
        each.put("digest", part.digest().value());
        each.put("commit", commit(part.commit()));
        each.put("range", ranges(part.intervals()));
        return each;
    }

    private @Nullable Object commit(@Nullable CommitId id) throws SourceException {
        return id == null ? null : commits.tree(id);
    }

    private static List<@Nullable Object> ranges(List<Interval> intervals) {
        List<@Nullable Object> ranges = new ArrayList<>();
        for (Interval interval : intervals) {
            Map<String, @Nullable Object> range = new LinkedHashMap<>();
            range.put("oldest", interval.oldest().hex());
            range.put("newest", interval.newest().hex());
            range.put("commits", (long) interval.commits());
            range.put("atOrBefore", interval.atOrBefore());
            ranges.add(range);
        }
        return ranges;
    }
}
