/**
 * The language of Argo Workflows, kept in one place: typed views over plain trees, tags, {@code when} and {@code depends},
 * references between objects, node ids, and which fields the embedded runner executes. Behaviour is that of Argo v4.1.
 * Not the place for checks of a whole pipeline (that is validate) nor for running anything.
 */
@NullMarked
package dev.plumbline.registry.argo;

import org.jspecify.annotations.NullMarked;
