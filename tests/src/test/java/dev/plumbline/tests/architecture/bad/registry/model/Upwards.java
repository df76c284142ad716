package dev.plumbline.tests.architecture.bad.registry.model;

import dev.plumbline.tests.architecture.bad.registry.render.RenderManager;

/** A foundation that uses a room, which uses it in turn: an edge that is not on the plan, and a cycle. */
public record Upwards(RenderManager manager) {}
