/**
 * Template versions side by side (design section 6): each template also lives as its own immutable object, named by the hash of
 * its content, and references inside the rendered set go to those objects.
 */
@NullMarked
package dev.plumbline.registry.version;

import org.jspecify.annotations.NullMarked;
