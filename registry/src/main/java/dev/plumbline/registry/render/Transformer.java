package dev.plumbline.registry.render;

/** One step of a build that changes objects in place. What it cannot do is a Finding in the build's {@link Problems}. */
interface Transformer {

    void apply(Resources resources);
}
