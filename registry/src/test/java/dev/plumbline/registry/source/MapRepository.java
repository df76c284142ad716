package dev.plumbline.registry.source;

import dev.plumbline.registry.model.Commit;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A Repository in memory, for tests: commits with any parents, their files as texts by path. */
public final class MapRepository implements Repository {

    private final Map<CommitId, Commit> commits = new LinkedHashMap<>();
    private final Map<CommitId, Map<String, String>> files = new HashMap<>();

    /** Adds a commit; the first parent is the mainline one. */
    public CommitId commit(String subject, Map<String, String> texts, CommitId... parents) {
        CommitId id = new CommitId(
                Digest.of(commits.size() + subject + List.of(parents)).hex().substring(0, 40));
        Person author = new Person("Ada", "ada@example.org");
        Instant when = Instant.EPOCH.plusSeconds(commits.size());
        commits.put(id, new Commit(id, List.of(parents), author, when, subject));
        files.put(id, Map.copyOf(texts));
        return id;
    }

    /** The texts of a commit by path. */
    public Map<String, String> texts(CommitId id) {
        return Objects.requireNonNull(files.get(id));
    }

    @Override
    public Optional<Commit> commit(CommitId id) {
        return Optional.ofNullable(commits.get(id));
    }

    @Override
    public Optional<CommitId> complete(String abbreviation) {
        List<CommitId> found = commits.keySet().stream()
                .filter(id -> id.hex().startsWith(abbreviation))
                .toList();
        return abbreviation.length() >= 4 && found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    @Override
    public List<Commit> mainline(CommitId head, int limit) throws SourceException {
        List<Commit> line = new ArrayList<>();
        for (Commit at = known(head);
                line.size() < limit;
                at = known(at.parents().getFirst())) {
            line.add(at);
            if (at.parents().isEmpty()) {
                break;
            }
        }
        return line;
    }

    private Commit known(CommitId id) throws SourceException {
        Commit commit = commits.get(id);
        if (commit == null) {
            throw new SourceException("no commit " + id, false);
        }
        return commit;
    }

    @Override
    public boolean isAncestor(CommitId ancestor, CommitId descendant) throws SourceException {
        if (ancestor.equals(descendant)) {
            return true;
        }
        for (CommitId parent : known(descendant).parents()) {
            if (isAncestor(ancestor, parent)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Set<String> changedFiles(CommitId from, CommitId to) throws SourceException {
        Map<String, String> old = texts(known(from).id());
        Map<String, String> now = texts(known(to).id());
        Set<String> changed = new TreeSet<>(old.keySet());
        changed.addAll(now.keySet());
        changed.removeIf(path -> Objects.equals(old.get(path), now.get(path)));
        return changed;
    }

    @Override
    public Snapshot snapshot(CommitId id) throws SourceException {
        return MapSnapshot.of(texts(known(id).id()));
    }
}
