/**
 * The door through which a cluster is changed, and the Applier, which takes a Plan and nothing else: waves with gates of health between
 * them, bounded in what is under way and in what is tried again.
 */
@NullMarked
package dev.plumbline.controller.apply;

import org.jspecify.annotations.NullMarked;
