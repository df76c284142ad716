/**
 * Content that must not be applied again: what a rollback rolled back from. Pure.
 */
@NullMarked
package dev.plumbline.controller.quarantine;

import org.jspecify.annotations.NullMarked;
