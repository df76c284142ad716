/**
 * The door through which a cluster is changed, and the Applier, which takes a Plan and nothing else.
 */
@NullMarked
package dev.plumbline.controller.apply;

import org.jspecify.annotations.NullMarked;
