package dev.plumbline.controller.app;

import dev.plumbline.controller.reconcile.Sync;
import dev.plumbline.registry.blame.ContentTimeline;
import dev.plumbline.registry.blame.Segment;
import dev.plumbline.registry.blame.Timelines;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.provenance.ContentHistory;
import dev.plumbline.registry.provenance.RenderedContent;
import dev.plumbline.registry.release.Release;
import dev.plumbline.registry.release.Releases;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.render.Rendering;
import dev.plumbline.registry.source.Repository;
import dev.plumbline.registry.source.SourceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What each mainline commit that the sync has seen renders to: the line of the newest head, and for each head that the branch
 * was forced away from its own line, down to where it meets another. Commits in a row that render to the same are rendered once.
 */
final class SeenContent implements ContentHistory {

    /** Most commits of one line that are looked at; an older commit is not known to hold anything. */
    static final int MAX_LINE = 2000;

    private final Sync sync;
    private final Repository repository;
    private final Renderer renderer;
    private final Timelines timelines;
    private final Map<CommitId, CommitId> sameAs = new HashMap<>();
    private final Map<CommitId, Optional<RenderedContent>> contents = new HashMap<>();
    private final Map<Digest, RenderedContent> equal = new HashMap<>();
    private boolean complete = true;

    SeenContent(Sync sync, Repository repository, Renderer renderer, Timelines timelines) {
        this.sync = sync;
        this.repository = repository;
        this.renderer = renderer;
        this.timelines = timelines;
    }

    @Override
    public synchronized List<List<CommitId>> lines() throws SourceException {
        Map<CommitId, Boolean> tips = new LinkedHashMap<>();
        CommitId head = sync.head();
        if (head != null) {
            tips.put(head, true);
        }
        for (HistoryEntry entry : sync.history().entries().reversed()) {
            tips.put(entry.commit(), true);
            if (entry.forced() && entry.previous() != null) {
                tips.put(entry.previous(), true);
            }
        }
        Set<CommitId> known = new HashSet<>();
        List<List<CommitId>> lines = new ArrayList<>();
        complete = true;
        for (CommitId tip : tips.keySet()) {
            if (!known.contains(tip) && repository.commit(tip).isPresent()) {
                List<CommitId> line = line(tip, known);
                lines.add(line);
                known.addAll(line);
            }
        }
        return lines;
    }

    @Override
    public synchronized boolean complete() {
        return complete;
    }

    @Override
    public synchronized Optional<RenderedContent> at(CommitId asked) throws SourceException {
        CommitId commit = sameAs.getOrDefault(asked, asked);
        Optional<RenderedContent> known = contents.get(commit);
        if (known == null) {
            known = Optional.ofNullable(render(commit));
            contents.put(commit, known);
        }
        return known;
    }

    private List<CommitId> line(CommitId tip, Set<CommitId> known) throws SourceException {
        ContentTimeline timeline = timelines.of(tip, sync.spec().path(), MAX_LINE);
        List<CommitId> line = new ArrayList<>();
        for (Segment segment : timeline.segments()) {
            for (CommitId commit : segment.commits()) {
                if (known.contains(commit)) {
                    return line;
                }
                line.add(commit);
                sameAs.put(commit, segment.newest());
            }
        }
        complete &= timeline.complete();
        return line;
    }

    private @Nullable RenderedContent render(CommitId commit) throws SourceException {
        String path = sync.spec().path();
        Rendering rendering = renderer.render(repository.snapshot(commit), path);
        Release release = Releases.unchecked(path, rendering.objects(), rendering.findings());
        return release.valid()
                ? equal.computeIfAbsent(release.digest(), digest -> RenderedContent.of(release, rendering.objects()))
                : null;
    }
}
