/**
 * The private Python environment of steps, and the MLflow server that runs in it. Made on first need, pinned, outside the
 * repository; without Python or network everything but runs works.
 */
@NullMarked
package dev.plumbline.controller.local.python;

import org.jspecify.annotations.NullMarked;
