package dev.plumbline.registry.render;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.model.Location;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs the transformers of one kustomization over its objects. Transformers in a row that treat each object alone are a stage:
 * what a stage made of a shared object is remembered, and made again only for objects that are not the same as before. Any
 * other transformer works on copies, of which those that it left alone become the shared objects again.
 */
final class Stages {

    /**
     * What a stage made of one object.
     *
     * @param result null where it was deleted
     * @param notes by transformer; empty where there are none
     * @param findings by transformer; empty where there are none
     * @param removed what a patch removed
     * @param count how many findings there are
     * @param slowAt the transformer that took too long; -1 where none did
     * @param cut whether findings were left out
     */
    private record Made(
            @Nullable Resource result,
            List<Optional<Object>> notes,
            List<List<Finding>> findings,
            int count,
            List<ArgoAwareness.Removed> removed,
            int slowAt,
            boolean cut) {

        private static int count(List<List<Finding>> findings) {
            return findings.stream().mapToInt(List::size).sum();
        }

        /** Whether nothing is reported of it, and the same is noted as of another. */
        boolean reportsAs(Made other) {
            return findings.isEmpty() && notes.equals(other.notes);
        }

        /** Without what is said of Argo's objects. */
        Made withoutArgo() {
            List<List<Finding>> others = new ArrayList<>(findings);
            others.replaceAll(some ->
                    some.stream().filter(one -> !ArgoAwareness.reports(one)).toList());
            return new Made(result, notes, others, count(others), removed, slowAt, true);
        }
    }

    /** What the stages of a kustomization made of each object. */
    static final class Results {

        private final List<Stage> stages = new ArrayList<>();

        /** About how many bytes it takes. */
        long bytes() {
            long sum = 0;
            for (Stage stage : stages) {
                for (Made made : stage.made().values()) {
                    sum += BYTES_PER_OBJECT
                            + made.count() * BYTES_PER_FINDING
                            + (made.result() == null ? 0 : made.result().bytes());
                }
            }
            return sum;
        }
    }

    /**
     * What one stage made of its objects.
     *
     * @param quiet whether nothing was reported
     */
    private record Stage(Aligned<Made> made, boolean quiet) {}

    /** Most findings that a stage holds; past it nothing more is said of Argo's objects. Many times what is ever printed. */
    private static final int MAX_FINDINGS = 50_000;

    private static final long BYTES_PER_OBJECT = 64;
    private static final long BYTES_PER_FINDING = 500;

    private final Problems problems;
    private final ArgoAwareness argo;
    private final Location file;
    private final @Nullable Results before;
    private final Results now = new Results();

    /**
     * Prepares to run.
     *
     * @param file the kustomization file
     * @param same what an earlier build with the same transformers made; null where there is none
     */
    Stages(Problems problems, ArgoAwareness argo, Location file, @Nullable Results same) {
        this.problems = problems;
        this.argo = argo;
        this.file = file;
        this.before = same;
    }

    Results results() {
        return now;
    }

    /** Runs until a transformer reports an error. */
    void run(List<Transformer> transformers, Resources resources) {
        int from = 0;
        while (from < transformers.size() && !problems.anyError()) {
            int to = from;
            while (to < transformers.size() && transformers.get(to) instanceof ObjectTransformer) {
                to++;
            }
            if (to > from) {
                stage(transformers.subList(from, to), resources);
                from = to;
            } else {
                general(transformers.get(from++), resources);
            }
        }
    }

    private void general(Transformer transformer, Resources resources) {
        resources.change();
        try {
            transformer.apply(resources);
        } catch (BoundedPattern.TooManyStepsException e) {
            problems.add(tooSlow(e, file));
        }
        resources.share();
    }

    /** What to say of a regular expression that took too long. */
    static Finding tooSlow(BoundedPattern.TooManyStepsException e, Location file) {
        return Finding.error(
                "render-slow-pattern",
                file,
                "a regular expression of this file is too slow: " + e.getMessage(),
                "write it without nested repetition");
    }

    private void stage(List<Transformer> transformers, Resources resources) {
        int number = now.stages.size();
        Stage old = before != null && number < before.stages.size() ? before.stages.get(number) : null;
        Aligned<Made> made = new Aligned<>(resources.list().size());
        List<Resource> results = new ArrayList<>(resources.list().size());
        boolean same = old != null
                && old.quiet()
                && old.made().size() == resources.list().size();
        int findings = 0;
        for (Resource resource : resources.list()) {
            Resource shared = resource.shared();
            int position = made.size();
            Made one = old == null ? null : old.made().get(shared, position);
            if (one == null || one.cut()) {
                one = make(transformers, shared);
            } else {
                one.removed().forEach(argo::removed);
            }
            findings += one.count();
            one = findings > MAX_FINDINGS && one.count() > 0 ? one.withoutArgo() : one;
            made.add(shared, one);
            same = same && old != null && one.reportsAs(old.made().values().get(position));
            if (one.result() != null) {
                results.add(one.result());
            }
        }
        problems.record();
        if (!same) {
            report(transformers, made);
        }
        now.stages.add(new Stage(made, problems.recorded().isEmpty()));
        resources.list().clear();
        resources.list().addAll(results);
        resources.idsChanged();
    }

    private Made make(List<Transformer> transformers, Resource shared) {
        Resource copy = shared.changeable();
        List<Optional<Object>> notes = List.of();
        List<List<Finding>> findings = List.of();
        int slowAt = -1;
        boolean broken = false;
        int removed = argo.removed().size();
        for (int i = 0; i < transformers.size() && !broken && !copy.isEmpty(); i++) {
            problems.setAside();
            try {
                Object note = ((ObjectTransformer) transformers.get(i)).change(copy);
                if (note != null) {
                    notes = notes.isEmpty() ? filled(transformers.size(), Optional.empty()) : notes;
                    notes.set(i, Optional.of(note));
                }
            } catch (BoundedPattern.TooManyStepsException e) {
                problems.add(tooSlow(e, file));
                slowAt = i;
            }
            List<Finding> found = problems.takenAside();
            if (!found.isEmpty()) {
                findings = findings.isEmpty() ? filled(transformers.size(), List.of()) : findings;
                findings.set(i, found);
                broken = Finding.anyError(found);
            }
        }
        List<ArgoAwareness.Removed> gone =
                List.copyOf(argo.removed().subList(removed, argo.removed().size()));
        return new Made(
                copy.isEmpty() ? null : copy.shared(), notes, findings, Made.count(findings), gone, slowAt, false);
    }

    private static <T> List<T> filled(int size, T value) {
        return new ArrayList<>(Collections.nCopies(size, value));
    }

    /** In the order in which transformers that run one after the other over all objects report. */
    private void report(List<Transformer> transformers, Aligned<Made> all) {
        for (int i = 0; i < transformers.size() && !problems.anyError(); i++) {
            List<ObjectTransformer.Noted> notes = new ArrayList<>();
            boolean slow = false;
            for (int k = 0; k < all.size() && !slow; k++) {
                Made made = all.values().get(k);
                if (!made.findings().isEmpty()) {
                    problems.addAll(made.findings().get(i));
                }
                if (!made.notes().isEmpty() && made.notes().get(i).isPresent()) {
                    notes.add(new ObjectTransformer.Noted(
                            all.objects().get(k), made.notes().get(i).get()));
                }
                slow = made.slowAt() == i;
            }
            if (!slow) {
                ((ObjectTransformer) transformers.get(i)).check(notes);
            }
        }
    }
}
