/**
 * What a sync says of itself: where it stands, why, and what happens next, in words. Pure.
 */
@NullMarked
package dev.plumbline.controller.status;

import org.jspecify.annotations.NullMarked;
