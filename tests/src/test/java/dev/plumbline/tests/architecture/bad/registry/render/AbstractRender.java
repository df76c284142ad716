package dev.plumbline.tests.architecture.bad.registry.render;

/** A name that hides. */
public interface AbstractRender {

    /** A contract may be abstract. */
    interface AbstractRenderContract {}
}
