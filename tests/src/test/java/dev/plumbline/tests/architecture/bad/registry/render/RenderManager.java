package dev.plumbline.tests.architecture.bad.registry.render;

import dev.plumbline.tests.architecture.bad.registry.model.Upwards;

/** A name that hides, and the other half of a cycle. */
public interface RenderManager {

    /** Uses a foundation, which the plan allows. */
    Upwards upwards();
}
