package dev.plumbline.registry.blame;

import dev.plumbline.registry.model.Commit;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.render.Footprint;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.render.Rendering;
import dev.plumbline.registry.source.Repository;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes timelines of one repository and remembers what each commit rendered to, so that the next commit costs one rendering at
 * most. Safe for use by many threads; one timeline is made at a time.
 */
public final class Timelines {

    /** Most commits, counted per path, whose contents are remembered. */
    public static final int MAX_REMEMBERED = 50_000;

    private final Repository repository;
    private final Renderer renderer;
    private final Map<Place, Rendered> remembered = new LinkedHashMap<>(64, 0.75f, true);
    private long renderings;

    private record Place(CommitId commit, String path) {}

    /**
     * What a commit renders to.
     *
     * @param contents null when it does not render
     * @param footprint what the build looked at
     */
    private record Rendered(@Nullable Contents contents, Footprint footprint) {}

    /** Timelines of a repository, with nothing remembered yet. */
    public Timelines(Repository repository, Renderer renderer) {
        this.repository = repository;
        this.renderer = renderer;
    }

    /**
     * The timeline of a path.
     *
     * @param head the newest commit
     * @param bound most mainline commits to go back, at least 1
     * @throws SourceException when Git cannot be read
     */
    @SuppressWarnings("ReferenceEquality") // Equal contents are one instance here.
    public synchronized ContentTimeline of(CommitId head, String path, int bound) throws SourceException {
        List<Commit> line = repository.mainline(head, bound);
        List<Segment> segments = new ArrayList<>();
        List<CommitId> open = new ArrayList<>();
        Rendered current = null;
        for (int i = 0; i < line.size(); i++) {
            CommitId commit = line.get(i).id();
            CommitId older = i + 1 < line.size() ? line.get(i + 1).id() : null;
            Rendered next = at(new Place(commit, path), current, older);
            if (current != null && next.contents() != current.contents() && !open.isEmpty()) {
                segments.add(new Segment(open, current.contents()));
                open.clear();
            }
            open.add(commit);
            current = next;
        }
        if (current != null) {
            segments.add(new Segment(open, current.contents()));
        }
        forget();
        boolean complete = !line.isEmpty() && line.getLast().parents().isEmpty();
        return new ContentTimeline(path, merged(segments), complete);
    }

    /** How many renderings were made so far. */
    public synchronized long renderings() {
        return renderings;
    }

    private Rendered at(Place place, @Nullable Rendered newer, @Nullable CommitId older) throws SourceException {
        Rendered known = remembered.get(place);
        if (known == null) {
            Snapshot snapshot = repository.snapshot(place.commit());
            Rendered before = older == null ? null : remembered.get(new Place(older, place.path()));
            if (newer != null && newer.footprint().fits(snapshot)) {
                known = newer;
            } else if (before != null && before.footprint().fits(snapshot)) {
                known = before;
            } else {
                known = render(snapshot, place.path(), newer != null ? newer : before);
            }
            remembered.put(place, known);
        }
        return known;
    }

    private Rendered render(Snapshot snapshot, String path, @Nullable Rendered near) throws SourceException {
        renderings++;
        Rendering rendering = renderer.render(snapshot, path);
        return new Rendered(
                rendering.broken() ? null : Contents.of(rendering.objects(), near == null ? null : near.contents()),
                rendering.footprint());
    }

    /** Neighbours that were rendered apart and are equal become one. */
    private static List<Segment> merged(List<Segment> segments) {
        List<Segment> merged = new ArrayList<>();
        for (Segment segment : segments) {
            Segment last = merged.isEmpty() ? null : merged.getLast();
            if (last != null && last.contents().equals(segment.contents())) {
                List<CommitId> commits = new ArrayList<>(last.commits());
                commits.addAll(segment.commits());
                merged.set(merged.size() - 1, new Segment(commits, last.held()));
            } else {
                merged.add(segment);
            }
        }
        return merged;
    }

    private void forget() {
        var oldest = remembered.entrySet().iterator();
        while (remembered.size() > MAX_REMEMBERED && oldest.hasNext()) {
            oldest.next();
            oldest.remove();
        }
    }
}
