/**
 * What a sync owns in its cluster, recorded before the first write (law 4). The record that prune and drift start from.
 */
@NullMarked
package dev.plumbline.controller.inventory;

import org.jspecify.annotations.NullMarked;
