package dev.plumbline.registry.query;

import dev.plumbline.registry.model.Commit;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.source.Repository;
import dev.plumbline.registry.source.SourceException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Commits as people know them. */
record Commits(Repository repository) {

    /** Id, and subject, author and time where Git still has the commit. */
    Map<String, @Nullable Object> tree(CommitId id) throws SourceException {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("id", id.hex());
        Optional<Commit> commit = repository.commit(id);
        if (commit.isPresent()) {
            tree.put("subject", commit.get().subject());
            tree.put("author", commit.get().author().name());
            tree.put("authored", commit.get().authored().toString());
        }
        return tree;
    }
}
