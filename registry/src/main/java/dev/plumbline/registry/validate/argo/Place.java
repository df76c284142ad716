package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.manifest.Manifest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A place in an object, as a chain of steps, so that going down costs nothing until something is reported there. */
final class Place {

    private final Manifest owner;
    private final @Nullable Place parent;
    private final String step;

    private Place(Manifest owner, @Nullable Place parent, String step) {
        this.owner = owner;
        this.parent = parent;
        this.step = step;
    }

    /** The object as a whole. */
    static Place root(Manifest owner) {
        return new Place(owner, null, "");
    }

    /** The object. */
    Manifest owner() {
        return owner;
    }

    /** A key below. */
    Place at(String key) {
        return new Place(owner, this, key);
    }

    /** Keys below. */
    Place at(String... keys) {
        Place place = this;
        for (String key : keys) {
            place = place.at(key);
        }
        return place;
    }

    /** A position in a list below. */
    Place at(int index) {
        return at(Integer.toString(index));
    }

    /** Keys and list positions from the object's root. */
    List<String> path() {
        Deque<String> steps = new ArrayDeque<>();
        for (Place place = this; place.parent != null; place = place.parent) {
            steps.addFirst(place.step);
        }
        return List.copyOf(steps);
    }
}
