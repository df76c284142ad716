/**
 * One Kubernetes object, its canonical form and its digest. The canonical form is versioned and is what every content hash in
 * Plumbline is made of.
 */
@NullMarked
package dev.plumbline.registry.manifest;

import org.jspecify.annotations.NullMarked;
