package dev.plumbline.controller.reconcile;

import dev.plumbline.registry.blame.Blame;
import dev.plumbline.registry.blame.Timelines;
import dev.plumbline.registry.model.Commit;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.release.ObjectChecks;
import dev.plumbline.registry.release.PolicyFiles;
import dev.plumbline.registry.release.Release;
import dev.plumbline.registry.release.ReleaseRules;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.render.Rendering;
import dev.plumbline.registry.source.Repository;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
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
    private @Nullable Candidate newest;

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
        if (newest != null && newest.commit().id().equals(id)) {
            return newest;
        }
        Commit commit = repository
                .commit(id)
                .orElseThrow(() ->
                        new SourceException("commit " + id + " is not in the mirror; poll the repository again", true));
        Release release = release(id);
        Candidate candidate = new Candidate(
                commit,
                release,
                release.valid() ? timelines.of(id, path, Blame.DEFAULT_BOUND).blame() : Map.of());
        newest = candidate;
        return candidate;
    }

    @Override
    public synchronized Optional<Candidate> newest() {
        return Optional.ofNullable(newest);
    }

    private Release release(CommitId id) throws SourceException {
        Snapshot snapshot = repository.snapshot(id);
        Rendering rendering = renderer.render(snapshot, path);
        return dev.plumbline.registry.release.Releases.release(
                path,
                rendering.objects(),
                rendering.findings(),
                checks,
                policies.judge(snapshot, rendering.objects()),
                rules);
    }
}
