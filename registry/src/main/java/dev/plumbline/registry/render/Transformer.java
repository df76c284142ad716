package dev.plumbline.registry.render;

/**
 * One step of a build that changes objects in place. What it cannot do is a Finding in the build's {@link Problems}. A step
 * that treats each object alone is better an {@link ObjectTransformer}, because the next commit need not repeat it.
 */
interface Transformer {

    /** Changes the objects, all of which may be changed. */
    void apply(Resources resources);
}
