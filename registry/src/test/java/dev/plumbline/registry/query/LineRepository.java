package dev.plumbline.registry.query;

import dev.plumbline.registry.model.Commit;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Person;
import dev.plumbline.registry.source.Repository;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A repository whose commits follow each other: the first has ones as id, the second twos, and so on. */
final class LineRepository implements Repository {

    private final int commits;

    LineRepository(int commits) {
        this.commits = commits;
    }

    static CommitId id(int number) {
        return new CommitId(Integer.toHexString(number).repeat(40));
    }

    @Override
    public Optional<Commit> commit(CommitId id) {
        int number = number(id);
        return number > commits
                ? Optional.empty()
                : Optional.of(new Commit(
                        id,
                        number == 1 ? List.of() : List.of(id(number - 1)),
                        new Person("Ada", "ada@example.com"),
                        Instant.EPOCH,
                        "Change " + number));
    }

    @Override
    public Optional<CommitId> complete(String abbreviation) {
        for (int i = 1; i <= commits; i++) {
            if (abbreviation.length() >= 4 && id(i).hex().startsWith(abbreviation)) {
                return Optional.of(id(i));
            }
        }
        return Optional.empty();
    }

    @Override
    public List<Commit> mainline(CommitId head, int limit) {
        List<Commit> line = new ArrayList<>();
        for (int i = number(head); i >= 1 && line.size() < limit; i--) {
            line.add(commit(id(i)).orElseThrow());
        }
        return line;
    }

    @Override
    public boolean isAncestor(CommitId ancestor, CommitId descendant) {
        return number(ancestor) <= number(descendant);
    }

    @Override
    public Set<String> changedFiles(CommitId from, CommitId to) {
        return Set.of();
    }

    @Override
    public Snapshot snapshot(CommitId id) throws SourceException {
        throw new SourceException("this repository has no files", false);
    }

    private static int number(CommitId id) {
        return Integer.parseInt(id.hex().substring(0, 1), 16);
    }
}
