package dev.plumbline.registry.evidence;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.run.Interval;
import dev.plumbline.registry.run.Judgement;
import dev.plumbline.registry.run.PartEvidence;
import dev.plumbline.registry.run.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** SLSA Provenance v1 of a model: the run that made it, what really ran, and of which commit each part is. */
final class RunStatement {

    private static final int COMMIT_SHA1 = 40;

    private RunStatement() {}

    /**
     * The statement.
     *
     * @param subjects the model
     * @param stored digest of the stored record
     * @param awaited whether a model registry is still to say whose the model is
     */
    static Statement of(
            RunRecord record,
            Digest stored,
            List<Subject> subjects,
            EvidenceSource source,
            Builder builder,
            boolean awaited) {
        Map<String, @Nullable Object> definition = new LinkedHashMap<>();
        definition.put("buildType", Builder.WORKFLOW);
        definition.put("externalParameters", external(record, source));
        Map<String, @Nullable Object> internal = internal(record);
        if (awaited) {
            internal.put("modelRegistry", "did not answer yet");
        }
        definition.put("internalParameters", internal);
        definition.put("resolvedDependencies", dependencies(record, source));
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put(
                "invocationId",
                "argo://" + record.id().cluster() + "/" + record.namespace() + "/workflows/" + record.name() + "/"
                        + record.id().uid() + "/attempts/" + record.id().attempt());
        time(metadata, "startedOn", record.id().attempt());
        time(metadata, "finishedOn", record.finishedAt());
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        kept.put("name", "runRecord");
        kept.put("digest", Map.of("sha256", stored.hex()));
        kept.put("mediaType", "application/json");
        Map<String, @Nullable Object> predicate = new LinkedHashMap<>();
        predicate.put("buildDefinition", definition);
        predicate.put("runDetails", details(builder, metadata, List.of(kept)));
        return new Statement(subjects, Statement.PROVENANCE, predicate);
    }

    static Map<String, @Nullable Object> details(
            Builder builder, Map<String, @Nullable Object> metadata, List<Map<String, @Nullable Object>> byproducts) {
        Map<String, @Nullable Object> by = new LinkedHashMap<>();
        by.put("id", builder.id());
        by.put("version", builder.versions());
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("builder", by);
        details.put("metadata", metadata);
        details.put("byproducts", byproducts);
        return details;
    }

    /** Without a name: tools read a named one as a package. */
    static Map<String, @Nullable Object> commit(EvidenceSource source, CommitId commit) {
        Map<String, String> digests = new LinkedHashMap<>();
        digests.put("gitCommit", commit.hex());
        if (commit.hex().length() == COMMIT_SHA1) {
            digests.put("sha1", commit.hex());
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("uri", source.uri(commit));
        tree.put("digest", digests);
        return tree;
    }

    private static Map<String, @Nullable Object> external(RunRecord record, EvidenceSource source) {
        Map<String, @Nullable Object> workflow = new LinkedHashMap<>();
        workflow.put("kind", record.template().isEmpty() ? "Workflow" : "WorkflowTemplate");
        workflow.put("name", record.template().isEmpty() ? record.name() : record.template());
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("source", source.tree());
        tree.put("workflow", workflow);
        tree.put("parameters", record.parameters());
        return tree;
    }

    private static Map<String, @Nullable Object> internal(RunRecord record) {
        Judgement judgement = record.judgement();
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("cluster", record.id().cluster());
        tree.put("sync", record.sync().toString());
        tree.put("namespace", record.namespace());
        tree.put("executor", record.executor().word());
        String kind = record.trigger().kind().name().toLowerCase(Locale.ROOT);
        tree.put(
                "trigger",
                record.trigger().name().isEmpty()
                        ? kind
                        : kind + "/" + record.trigger().name());
        tree.put("createdAt", record.createdAt());
        tree.put("phase", record.phase());
        if (record.release() != null) {
            Map<String, @Nullable Object> release = new LinkedHashMap<>();
            release.put("revision", record.release().revision());
            release.put("digest", record.release().digest().value());
            release.put("commit", record.release().commit().hex());
            tree.put("release", release);
        }
        tree.put("contentVerification", judgement.verdict().name());
        tree.put("reasons", judgement.reasons());
        tree.put("commitRange", range(judgement.range()));
        return tree;
    }

    private static List<@Nullable Object> dependencies(RunRecord record, EvidenceSource source) {
        Judgement judgement = record.judgement();
        List<@Nullable Object> list = new ArrayList<>();
        if (judgement.commit() != null) {
            list.add(commit(source, judgement.commit()));
        }
        for (PartEvidence part : judgement.parts()) {
            list.add(part(part, source, judgement.form()));
        }
        record.dataDigests().forEach((node, digest) -> {
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            tree.put("name", "data/" + node);
            if (Digest.is(digest)) {
                tree.put("digest", Map.of("sha256", new Digest(digest).hex()));
            } else {
                tree.put("annotations", Map.of("stated", digest));
            }
            list.add(tree);
        });
        return list;
    }

    private static Map<String, @Nullable Object> part(PartEvidence part, EvidenceSource source, String form) {
        Map<String, @Nullable Object> annotations = new LinkedHashMap<>();
        annotations.put("canonicalization", form);
        annotations.put("commitRange", range(part.intervals()));
        if (part.object() != null) {
            annotations.put("object", part.object().toString());
        }
        Map<String, @Nullable Object> files = new LinkedHashMap<>();
        part.files().forEach(file -> files.put(file.name(), file.digest().value()));
        if (!files.isEmpty()) {
            annotations.put("files", files);
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("name", "part/" + part.reference());
        if (part.commit() != null) {
            tree.put("uri", source.uri(part.commit()));
        }
        tree.put("digest", Map.of("sha256", part.digest().hex()));
        tree.put("annotations", annotations);
        return tree;
    }

    private static String range(List<Interval> intervals) {
        return intervals.stream()
                .map(interval -> (interval.atOrBefore() ? "<=" : "")
                        + interval.oldest().hex() + ".." + interval.newest().hex())
                .collect(Collectors.joining(", "));
    }

    /** RFC 3339 in whole seconds, which is all that Argo states; anything else is left out. */
    private static void time(Map<String, @Nullable Object> metadata, String key, String time) {
        if (time.matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z")) {
            metadata.put(key, time.replaceFirst("\\.\\d+Z$", "Z"));
        }
    }
}
