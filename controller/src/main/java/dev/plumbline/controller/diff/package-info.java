/**
 * What differs: the content that is wanted from an object that is live, and a live object from the server's answer to our apply
 * (drift, design section 7), with who owns the fields that differ. Pure.
 */
@NullMarked
package dev.plumbline.controller.diff;

import org.jspecify.annotations.NullMarked;
