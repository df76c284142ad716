package dev.plumbline.registry.provenance;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.run.PartEvidence;
import dev.plumbline.registry.run.PartEvidence.FileEvidence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says of each part which object of Git it is, since which commit, and for step code the same of each file. */
final class Evidence {

    private final Mainline mainline;
    private final List<Judge.Force> inForce;

    Evidence(Mainline mainline, List<Judge.Force> inForce) {
        this.mainline = mainline;
        this.inForce = inForce;
    }

    /**
     * The evidence of a part.
     *
     * @param holding the commits that hold it
     * @param at the commit for which blame is asked; null where the newest that holds it is to be taken
     */
    PartEvidence of(Part part, Set<CommitId> holding, @Nullable CommitId at) {
        CommitId from = at != null ? at : mainline.newest(holding);
        RenderedContent content = from == null ? null : content(from);
        ObjectKey object = content == null ? null : part.holder().apply(content);
        CommitId commit = null;
        List<FileEvidence> files = List.of();
        if (from != null && content != null && object != null) {
            commit = blame(from, content, object);
            files = files(from, content, object);
        }
        return new PartEvidence(part.reference(), object, part.digest(), commit, mainline.intervals(holding), files);
    }

    /** The newest of the parts' commits; the commit that was asked for where none of them is known. */
    CommitId newest(List<PartEvidence> parts, CommitId at) {
        Set<CommitId> commits = new LinkedHashSet<>();
        for (PartEvidence part : parts) {
            if (part.commit() != null) {
                commits.add(part.commit());
            }
        }
        CommitId newest = mainline.newest(commits);
        return newest == null ? at : newest;
    }

    private @Nullable RenderedContent content(CommitId commit) {
        RenderedContent seen = mainline.at(commit);
        if (seen != null) {
            return seen;
        }
        return inForce.stream()
                .filter(force -> force.release().commit().equals(commit))
                .map(Judge.Force::content)
                .findFirst()
                .orElse(null);
    }

    private @Nullable CommitId blame(CommitId from, RenderedContent content, ObjectKey object) {
        Optional<Digest> now = content.plain(object);
        if (now.isEmpty()) {
            return null;
        }
        Mainline.Since since = mainline.since(from, older -> older.plain(object).equals(now));
        return since == null ? null : since.commit();
    }

    private List<FileEvidence> files(CommitId from, RenderedContent content, ObjectKey object) {
        List<FileEvidence> files = new ArrayList<>();
        content.all().stream()
                .filter(manifest ->
                        object.kind().equals("ConfigMap") && manifest.key().equals(object))
                .findFirst()
                .ifPresent(configMap -> StepCode.files(configMap.content()).forEach((name, digest) -> {
                    Mainline.Since since = mainline.since(from, older -> holds(older, object, name, digest));
                    files.add(new FileEvidence(name, digest, since == null ? null : since.commit()));
                }));
        return files;
    }

    /** Generated names change with their content, so a file is followed by its own name and text. */
    private static boolean holds(RenderedContent content, ObjectKey object, String file, Digest digest) {
        return content.all().stream()
                .filter(manifest -> manifest.key().kind().equals("ConfigMap")
                        && manifest.key().namespace().equals(object.namespace()))
                .anyMatch(manifest ->
                        digest.equals(StepCode.files(manifest.content()).get(file)));
    }
}
