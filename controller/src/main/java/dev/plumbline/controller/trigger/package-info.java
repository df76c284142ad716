/**
 * What may start a reconcile.
 */
@NullMarked
package dev.plumbline.controller.trigger;

import org.jspecify.annotations.NullMarked;
