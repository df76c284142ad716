/**
 * The door through which a cluster is looked at: get, list, watch. Nothing here changes anything.
 */
@NullMarked
package dev.plumbline.controller.live;

import org.jspecify.annotations.NullMarked;
