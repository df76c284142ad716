package dev.plumbline.controller.app.answers;

import dev.plumbline.registry.blame.FieldBlame;
import dev.plumbline.registry.blame.Interval;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Commit;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.source.Repository;
import dev.plumbline.registry.source.SourceException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Blame as plain trees: the API and the command line say it alike. */
public final class BlameLines {

    private BlameLines() {}

    /** Whether somebody means an object by a name: {@code Kind/name}, the name alone, or the whole key. */
    public static boolean names(String wanted, ObjectKey key) {
        return key.display().equals(wanted)
                || key.name().equals(wanted)
                || key.toString().equals(wanted);
    }

    /**
     * One rendered object with the commit that made it.
     *
     * @param blame null when it is not known
     * @param manifest the object; null when it is not at hand
     * @throws SourceException when Git cannot be read
     */
    public static Map<String, @Nullable Object> object(
            Repository repository, ObjectKey key, @Nullable Interval blame, @Nullable Manifest manifest)
            throws SourceException {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("object", key.display());
        line.put("namespace", key.namespace());
        commit(line, repository, blame == null ? null : blame.oldest());
        line.put("atOrBefore", blame != null && blame.atOrBefore());
        line.put("files", manifest == null ? List.of() : files(manifest));
        return line;
    }

    /**
     * One field of an object with the commit that made it.
     *
     * @throws SourceException when Git cannot be read
     */
    public static Map<String, @Nullable Object> field(Repository repository, FieldBlame.Line blame)
            throws SourceException {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("field", blame.field());
        commit(line, repository, blame.commit());
        line.put("atOrBefore", blame.atOrBefore());
        line.put("removed", blame.removed());
        return line;
    }

    private static void commit(Map<String, @Nullable Object> line, Repository repository, @Nullable CommitId id)
            throws SourceException {
        Optional<Commit> commit = id == null ? Optional.empty() : repository.commit(id);
        line.put("commit", id == null ? "" : id.hex());
        line.put("author", commit.map(one -> one.author().name()).orElse(""));
        line.put("date", commit.map(one -> one.authored().toString()).orElse(""));
        line.put("subject", commit.map(Commit::subject).orElse(""));
    }

    /** The files whose content is in an object. */
    private static List<String> files(Manifest manifest) {
        TreeSet<String> files = new TreeSet<>(manifest.origin().files());
        files.add(manifest.origin().resource().file());
        manifest.origin().patches().forEach(patch -> files.add(patch.file()));
        return List.copyOf(files);
    }
}
