/**
 * The wall to registries of images, by the OCI distribution specification 1.1. It asks whether an image is there, and reads no image.
 */
@NullMarked
package dev.plumbline.registry.oci;

import org.jspecify.annotations.NullMarked;
