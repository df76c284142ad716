package dev.plumbline.controller.reconcile;

import dev.plumbline.registry.blame.Blame;
import dev.plumbline.registry.blame.Interval;
import dev.plumbline.registry.blame.Timelines;
import dev.plumbline.registry.model.Commit;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.release.ObjectChecks;
import dev.plumbline.registry.release.PolicyFiles;
import dev.plumbline.registry.release.Release;
import dev.plumbline.registry.release.ReleaseRules;
import dev.plumbline.registry.render.Footprint;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.render.Rendering;
import dev.plumbline.registry.source.Repository;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Releases of one path: rendered, validated, judged by policies, versioned and blamed. The newest answer is kept. */
public final class RenderedReleases implements Releases {

    private final Repository repository;
    private final Renderer renderer;
    private final String path;
    private final Timelines timelines;
    private final ReleaseRules rules;
    private final ObjectChecks checks = new ObjectChecks();
    private final PolicyFiles policies = new PolicyFiles();
    private @Nullable Made newest;

    /**
     * A candidate and what it was made from.
     *
     * @param footprint what its rendering looked at
     * @param policies id of the policies that judged it
     */
    private record Made(Candidate candidate, Footprint footprint, String policies) {}

    /** Releases of a path of a repository. */
    public RenderedReleases(Repository repository, Renderer renderer, String path, Timelines timelines) {
        this(repository, renderer, path, timelines, ReleaseRules.STANDARD);
    }

    /** The same, made by other rules. */
    public RenderedReleases(
            Repository repository, Renderer renderer, String path, Timelines timelines, ReleaseRules rules) {
        this.repository = repository;
        this.renderer = renderer;
        this.path = path;
        this.timelines = timelines;
        this.rules = rules;
    }

    @Override
    public synchronized Candidate at(CommitId id) throws SourceException {
        Optional<Candidate> known = known(id);
        if (known.isPresent()) {
            return known.get();
        }
        Snapshot snapshot = repository.snapshot(id);
        Rendering rendering = renderer.render(snapshot, path);
        Release release = dev.plumbline.registry.release.Releases.release(
                path,
                rendering.objects(),
                rendering.findings(),
                checks,
                policies.judge(snapshot, rendering.objects()),
                rules);
        Candidate candidate = new Candidate(
                commit(id),
                release,
                release.valid() ? timelines.of(id, path, Blame.DEFAULT_BOUND).blame() : Map.of());
        newest = new Made(candidate, rendering.footprint(), PolicyFiles.id(snapshot));
        return candidate;
    }

    /** A commit right after the newest that touches nothing that made its Release means the same, by the same commits. */
    @Override
    public synchronized Optional<Candidate> known(CommitId id) throws SourceException {
        Made made = newest;
        if (made == null || made.candidate().commit().id().equals(id)) {
            return Optional.ofNullable(made).map(Made::candidate);
        }
        Commit commit = commit(id);
        if (commit.parents().isEmpty()
                || !commit.parents().getFirst().equals(made.candidate().commit().id())) {
            return Optional.empty();
        }
        Snapshot snapshot = repository.snapshot(id);
        if (!made.policies().equals(PolicyFiles.id(snapshot))
                || !made.footprint().fits(snapshot)) {
            return Optional.empty();
        }
        Map<ObjectKey, Interval> blame = new HashMap<>();
        made.candidate().blame().forEach((key, held) -> blame.put(key, held.until(id)));
        Candidate same = new Candidate(commit, made.candidate().release(), blame);
        newest = new Made(same, made.footprint(), made.policies());
        return Optional.of(same);
    }

    @Override
    public synchronized Optional<Candidate> newest() {
        return Optional.ofNullable(newest).map(Made::candidate);
    }

    private Commit commit(CommitId id) throws SourceException {
        return repository
                .commit(id)
                .orElseThrow(() ->
                        new SourceException("commit " + id + " is not in the mirror; poll the repository again", true));
    }
}
