package dev.plumbline.registry.evidence;

import dev.plumbline.registry.run.PartEvidence;
import dev.plumbline.registry.run.ReleaseInForce;
import dev.plumbline.registry.run.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * SLSA provenance of what was asked for: this Release, and each part of it that ran, was rendered from this repository, path and
 * commit.
 */
final class RenderStatement {

    private RenderStatement() {}

    /** The statement of the Release in force when a run was created; null when none was. */
    static @Nullable Statement of(RunRecord record, EvidenceSource source, Builder builder) {
        ReleaseInForce release = record.release();
        if (release == null) {
            return null;
        }
        List<Subject> subjects = new ArrayList<>();
        subjects.add(new Subject("release", release.digest(), Subject.RELEASE));
        for (PartEvidence part : record.judgement().parts()) {
            boolean asked = part.object() != null
                    && part.intervals().stream()
                            .anyMatch(interval -> interval.newest().equals(release.commit()));
            if (asked && subjects.size() < ModelFile.MAX_LISTED) {
                subjects.add(new Subject(part.reference(), part.digest(), Subject.PART));
            }
        }
        Map<String, @Nullable Object> definition = new LinkedHashMap<>();
        definition.put("buildType", Builder.RENDER);
        definition.put("externalParameters", Map.of("source", source.tree()));
        definition.put("internalParameters", Map.of("revision", release.revision()));
        definition.put("resolvedDependencies", List.of(RunStatement.commit(source, release.commit())));
        Map<String, @Nullable Object> predicate = new LinkedHashMap<>();
        predicate.put("buildDefinition", definition);
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put(
                "invocationId",
                "plumbline://" + record.id().cluster() + "/" + record.sync() + "/revisions/" + release.revision());
        predicate.put("runDetails", RunStatement.details(builder, metadata, List.of()));
        return new Statement(subjects, Statement.PROVENANCE, predicate);
    }
}
