/**
 * Which commit made a rendered object what it is: a pure function of Git and the renderer. Renders again only at commits that
 * changed what the build reads.
 */
@NullMarked
package dev.plumbline.registry.blame;

import org.jspecify.annotations.NullMarked;
