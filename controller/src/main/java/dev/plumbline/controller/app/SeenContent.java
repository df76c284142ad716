package dev.plumbline.controller.app;

import dev.plumbline.controller.reconcile.Sync;
import dev.plumbline.registry.blame.ContentTimeline;
import dev.plumbline.registry.blame.Segment;
import dev.plumbline.registry.blame.Timelines;
import dev.plumbline.registry.history.HistoryEntry;
import dev.plumbline.registry.manifest.Manifest;
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
import dev.plumbline.registry.version.VersionMemory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What each mainline commit that the sync has seen renders to: the line of the newest head, and for each head that the branch
 * was forced away from its own line, down to where it meets another. Commits in a row that render to the same are rendered once.
 */
public final class SeenContent implements ContentHistory {

    /** Most commits of one line that are looked at; an older commit is not known to hold anything. */
    static final int MAX_LINE = 2000;

    private final Sync sync;
    private final Repository repository;
    private final Renderer renderer;
    private final Timelines timelines;
    private final boolean sideBySide;
    private final BooleanSupplier ended;
    private final VersionMemory versions = new VersionMemory();
    private final Map<CommitId, CommitId> sameAs = new HashMap<>();
    private final Map<CommitId, Optional<RenderedContent>> contents = new HashMap<>();
    private final Map<Digest, RenderedContent> equal = new HashMap<>();
    /** Commits share most objects, and thousands of commits are kept. */
    private final Map<Digest, Manifest> objects = new HashMap<>();

    private Set<CommitId> tips = Set.of();
    private List<List<CommitId>> lines = List.of();
    private boolean complete = true;

    /**
     * The content of one sync.
     *
     * @param sideBySide whether its Releases have versions
     * @param ended whether nobody waits for an answer any more
     */
    public SeenContent(
            Sync sync,
            Repository repository,
            Renderer renderer,
            Timelines timelines,
            boolean sideBySide,
            BooleanSupplier ended) {
        this.sync = sync;
        this.repository = repository;
        this.renderer = renderer;
        this.timelines = timelines;
        this.sideBySide = sideBySide;
        this.ended = ended;
    }

    @Override
    public synchronized List<List<CommitId>> lines() throws SourceException {
        stopWhenEnded();
        Set<CommitId> now = tips();
        if (!now.equals(tips)) {
            Set<CommitId> known = new HashSet<>();
            List<List<CommitId>> found = new ArrayList<>();
            complete = true;
            for (CommitId tip : now) {
                if (!known.contains(tip) && repository.commit(tip).isPresent()) {
                    List<CommitId> line = line(tip, known);
                    found.add(line);
                    known.addAll(line);
                }
            }
            lines = List.copyOf(found);
            tips = now;
            forget(known);
        }
        return lines;
    }

    /** Forgets what commits held that stand in no line any more. */
    private void forget(Set<CommitId> known) {
        sameAs.keySet().retainAll(known);
        Set<CommitId> rendered = new HashSet<>(sameAs.values());
        contents.keySet().retainAll(rendered);
        Set<RenderedContent> held = Collections.newSetFromMap(new IdentityHashMap<>());
        contents.values().forEach(content -> content.ifPresent(held::add));
        if (equal.values().removeIf(content -> !held.contains(content))) {
            objects.clear(); // What is kept holds its objects itself; only later contents share with later ones.
        }
    }

    /** The newest head first. */
    private Set<CommitId> tips() {
        Set<CommitId> found = new LinkedHashSet<>();
        CommitId head = sync.head();
        if (head != null) {
            found.add(head);
        }
        for (HistoryEntry entry : sync.history().entries().reversed()) {
            found.add(entry.commit());
            if (entry.forced() && entry.previous() != null) {
                found.add(entry.previous());
            }
        }
        return found;
    }

    /** A history is read for minutes perhaps, and its repository is about to be closed. */
    private void stopWhenEnded() throws SourceException {
        if (ended.getAsBoolean()) {
            throw new SourceException(
                    "reading the history of " + sync.spec().id() + " ended, because the sync ends", true);
        }
    }

    @Override
    public synchronized boolean complete() {
        return complete;
    }

    @Override
    public synchronized Optional<RenderedContent> at(CommitId asked) throws SourceException {
        stopWhenEnded();
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
        Release release = Releases.unchecked(path, rendering.objects(), rendering.findings(), sideBySide, versions);
        return release.valid()
                ? equal.computeIfAbsent(
                        release.digest(),
                        digest -> RenderedContent.of(
                                release,
                                rendering.objects(),
                                object -> objects.computeIfAbsent(object.digest(), _ -> object)))
                : null;
    }
}
