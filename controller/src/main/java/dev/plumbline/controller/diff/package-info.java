/**
 * What differs between the content that is wanted and an object that is live. Pure.
 */
@NullMarked
package dev.plumbline.controller.diff;

import org.jspecify.annotations.NullMarked;
