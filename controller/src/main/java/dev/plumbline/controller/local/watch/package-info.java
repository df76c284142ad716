/** Watching one kind of a cluster's objects for as long as one likes, over restarts of the watch. */
@NullMarked
package dev.plumbline.controller.local.watch;

import org.jspecify.annotations.NullMarked;
