package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.manifest.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the problems of one walk. What is found twice, because a template has two callers, is kept once. */
final class Problems {

    /** Most problems of one object; the walk goes on, but keeps no more. */
    static final int MAX = 1_000;

    private final Manifest root;
    private final Set<Problem> own = new LinkedHashSet<>();
    private final Set<Foreign> foreign = new LinkedHashSet<>();
    private @Nullable Call call;

    /**
     * A problem in another object, which shows when this one calls it.
     *
     * @param owner the other object
     * @param problem the problem there
     * @param call where this object calls
     */
    record Foreign(Manifest owner, Problem problem, Call call) {}

    /**
     * A place that calls a template.
     *
     * @param place the place
     * @param words it in Argo's words
     */
    record Call(Place place, String words) {}

    Problems(Manifest root) {
        this.root = root;
    }

    /** Says which call of the walked object leads to what comes next; calls of other objects do not count. */
    @Nullable
    Call enter(Call next) {
        Call before = call;
        if (isRoot(next.place().owner())) {
            call = next;
        }
        return before;
    }

    /** Goes back to what {@link #enter} gave. */
    void leave(@Nullable Call before) {
        call = before;
    }

    void add(String rule, Place place, String message, String fix) {
        Problem problem = new Problem(rule, place.path(), message, fix);
        if (isRoot(place.owner())) {
            if (own.size() < MAX) {
                own.add(problem);
            }
        } else if (call != null && foreign.size() < MAX) {
            foreign.add(new Foreign(place.owner(), problem, call));
        }
    }

    /** Whether nothing more is kept. */
    boolean isFull() {
        return own.size() >= MAX || foreign.size() >= MAX;
    }

    List<Problem> own() {
        return new ArrayList<>(own);
    }

    List<Foreign> foreign() {
        return new ArrayList<>(foreign);
    }

    @SuppressWarnings("ReferenceEquality") // the very object that is walked, not one like it
    private boolean isRoot(Manifest owner) {
        return owner == root;
    }
}
