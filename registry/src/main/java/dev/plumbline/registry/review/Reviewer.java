package dev.plumbline.registry.review;

import dev.plumbline.registry.diff.FieldChange;
import dev.plumbline.registry.diff.ManifestDiff;
import dev.plumbline.registry.diff.ObjectChange;
import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.lint.Linter;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.template.BrokenConsumer;
import dev.plumbline.registry.template.Compatibility;
import dev.plumbline.registry.template.Consumers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reviews changes. What both sides have in common is rendered once. */
public final class Reviewer {

    private final Side before;
    private final Side after;
    private final SortedMap<String, List<ObjectChange>> changes = new TreeMap<>();

    private Reviewer(Side before, Side after) {
        this.before = before;
        this.after = after;
    }

    /**
     * What a change means.
     *
     * @param renderer renders both sides
     * @param before the repository as it is without the change
     * @param after the repository with it
     * @throws SourceException when a Snapshot cannot be read
     */
    public static Review review(Renderer renderer, Snapshot before, Snapshot after) throws SourceException {
        SortedSet<String> paths = new TreeSet<>(Linter.overlays(before));
        paths.addAll(Linter.overlays(after));
        Linter linter = new Linter(renderer);
        Side was = Side.of(before, paths, linter, renderer);
        Side is = Side.of(after, paths, linter, renderer);
        return new Reviewer(was, is).review(paths);
    }

    private Review review(SortedSet<String> paths) {
        for (String path : paths) {
            boolean known = before.broken(path).isEmpty() && after.broken(path).isEmpty();
            changes.put(path, known ? ManifestDiff.between(before.objects(path), after.objects(path)) : List.of());
        }
        List<EnvironmentReview> environments = new ArrayList<>();
        changes.forEach((path, differ) -> environments.add(environment(path, differ)));
        FindingChanges elsewhere =
                FindingChanges.between(before.findings(null), after.findings(null), after.suppressed(null), Map.of());
        return new Review(environments, elsewhere);
    }

    private EnvironmentReview environment(String path, List<ObjectChange> differ) {
        Touched touched = new Touched(after.objects(path), differ);
        return new EnvironmentReview(
                path,
                before.broken(path),
                after.broken(path),
                differ,
                findings(path, differ),
                Compatibility.compare(sides(differ, ObjectChange::before), sides(differ, ObjectChange::after)),
                brokenConsumers(path),
                touched.models(),
                touched.schedules());
    }

    /** Where lint did not look, or not far because it does not render, nothing is known of what comes and goes. */
    private FindingChanges findings(String path, List<ObjectChange> differ) {
        if (!after.broken(path).isEmpty() || before.isPartOfOthers(path) || after.isPartOfOthers(path)) {
            return FindingChanges.NONE;
        }
        List<Finding> was = before.broken(path).isEmpty() ? before.findings(path) : List.of();
        return FindingChanges.between(was, after.findings(path), after.suppressed(path), renamed(differ));
    }

    private static Map<String, String> renamed(List<ObjectChange> differ) {
        Map<String, String> renamed = new HashMap<>();
        for (ObjectChange change : differ) {
            if (change.before() != null
                    && change.kind() == FieldChange.Kind.CHANGED
                    && !change.before().key().equals(change.key())) {
                renamed.put(change.before().key().name(), change.key().name());
            }
        }
        return renamed;
    }

    /** What an environment does not render itself it may use from another one. */
    private List<BrokenConsumer> brokenConsumers(String path) {
        Set<ObjectKey> own = new HashSet<>();
        before.objects(path).forEach(object -> own.add(object.key()));
        after.objects(path).forEach(object -> own.add(object.key()));
        List<Manifest> was = new ArrayList<>();
        List<Manifest> is = new ArrayList<>();
        changes.forEach((other, theirs) -> {
            for (ObjectChange change : theirs) {
                if (other.equals(path) || !own.contains(change.key())) {
                    addIfThere(was, change.before());
                    addIfThere(is, change.after());
                }
            }
        });
        List<Manifest> consumers = new ArrayList<>(after.objects(path));
        consumers.addAll(after.examples(path));
        return was.isEmpty() ? List.of() : Consumers.broken(was, is, consumers);
    }

    private static List<Manifest> sides(List<ObjectChange> differ, Function<ObjectChange, @Nullable Manifest> side) {
        List<Manifest> objects = new ArrayList<>();
        differ.forEach(change -> addIfThere(objects, side.apply(change)));
        return objects;
    }

    private static void addIfThere(List<Manifest> objects, @Nullable Manifest object) {
        if (object != null) {
            objects.add(object);
        }
    }
}
