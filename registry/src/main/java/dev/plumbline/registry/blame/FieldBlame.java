package dev.plumbline.registry.blame;

import dev.plumbline.registry.diff.Fields;
import dev.plumbline.registry.diff.ManifestDiff;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.source.Repository;
import dev.plumbline.registry.source.SourceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which commit made each field of one rendered object what it is: the newest mainline commit at which the field's value became
 * this, over the commits at which the object was there without a break. A generated object whose name holds a hash of its content
 * is followed through its names.
 */
public final class FieldBlame {

    /** Most versions of the object that are rendered again; past it the answer says "at or before". */
    public static final int MAX_VERSIONS = 1_000;

    private final Map<String, @Nullable Object> now;
    private final Map<String, @Nullable Object> open;
    private final Map<String, Line> found = new LinkedHashMap<>();
    private final Map<String, Line> removed = new LinkedHashMap<>();

    private FieldBlame(Manifest object) {
        this.now = Fields.of(object.content());
        this.open = new LinkedHashMap<>(now);
    }

    /**
     * The blame of one field.
     *
     * @param field its path, as {@link Fields} writes it
     * @param commit the commit that made it what it is, or that removed it
     * @param atOrBefore whether that may have been earlier, where the timeline does not go
     * @param removed whether it is a field that the object once had and has no more
     */
    public record Line(String field, CommitId commit, boolean atOrBefore, boolean removed) {}

    /**
     * The blame of every field of an object, in the object's order; behind them the fields that were removed since.
     *
     * @param timeline the object's path, from the commit that renders it
     * @param object the object as the timeline's head renders it
     * @throws SourceException when Git cannot be read
     */
    public static List<Line> of(Repository repository, Renderer renderer, ContentTimeline timeline, Manifest object)
            throws SourceException {
        FieldBlame blame = new FieldBlame(object);
        blame.walk(repository, renderer, timeline, object);
        List<Line> lines = new ArrayList<>();
        blame.now.keySet().forEach(field -> lines.add(Objects.requireNonNull(blame.found.get(field))));
        lines.addAll(blame.removed.values());
        return lines;
    }

    private void walk(Repository repository, Renderer renderer, ContentTimeline timeline, Manifest object)
            throws SourceException {
        ObjectKey lasting = ManifestDiff.lasting(object);
        Manifest newer = object;
        CommitId began = timeline.segments().getFirst().oldest();
        int versions = 0;
        for (Segment segment : timeline.segments()) {
            Contents held = segment.held();
            if (held == null) {
                continue;
            }
            if (!newer.digest().equals(held.get(newer.key()))) {
                if (++versions > MAX_VERSIONS) {
                    close(began, true);
                    return;
                }
                Manifest older = find(
                        renderer.render(repository.snapshot(segment.newest()), timeline.path())
                                .objects(),
                        lasting);
                if (older == null) {
                    close(began, false);
                    return;
                }
                step(older, newer, began);
                newer = older;
            }
            if (open.isEmpty()) {
                return;
            }
            began = segment.oldest();
        }
        close(began, !timeline.complete());
    }

    private static @Nullable Manifest find(List<Manifest> objects, ObjectKey lasting) {
        return objects.stream()
                .filter(object -> ManifestDiff.lasting(object).equals(lasting))
                .findFirst()
                .orElse(null);
    }

    private void step(Manifest older, Manifest newer, CommitId began) {
        Map<String, @Nullable Object> before = Fields.of(older.content());
        Map<String, @Nullable Object> after = Fields.of(newer.content());
        open.entrySet().removeIf(entry -> {
            String field = entry.getKey();
            boolean same = before.containsKey(field) && Objects.equals(before.get(field), entry.getValue());
            if (!same) {
                found.put(field, new Line(field, began, false, false));
            }
            return !same;
        });
        before.keySet().forEach(field -> {
            if (!after.containsKey(field) && !now.containsKey(field)) {
                removed.putIfAbsent(field, new Line(field, began, false, true));
            }
        });
    }

    private void close(CommitId began, boolean atOrBefore) {
        open.keySet().forEach(field -> found.put(field, new Line(field, began, atOrBefore, false)));
        open.clear();
    }
}
