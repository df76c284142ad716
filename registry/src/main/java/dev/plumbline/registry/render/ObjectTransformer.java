package dev.plumbline.registry.render;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of a build that treats each object alone: what becomes of one, and what is reported, depends on nothing but that
 * object and what the kustomization says. What concerns all of them, such as how many a patch found, is told from notes.
 */
interface ObjectTransformer extends Transformer {

    /**
     * What a transformer noted of one object.
     *
     * @param resource the object, in its state after the step or later; its place and nothing else may be relied on
     * @param note what {@link #change} returned
     */
    record Noted(Resource resource, Object note) {}

    /**
     * Changes one object.
     *
     * @return what {@link #check} must know of it, a value that nobody changes; null where nothing
     */
    @Nullable
    Object change(Resource resource);

    /** Reports what is wrong with all objects together; the notes are in the order of the objects. */
    default void check(List<Noted> notes) {}

    @Override
    default void apply(Resources resources) {
        List<Noted> notes = new ArrayList<>();
        for (Resource resource : resources.list()) {
            Object note = change(resource);
            if (note != null) {
                notes.add(new Noted(resource, note));
            }
        }
        resources.removeEmpty();
        check(notes);
    }
}
