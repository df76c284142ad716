/**
 * Ownership and merging of fields, as the Kubernetes API server does it for server-side apply (structured merge and diff 6.3):
 * pure functions of a kind's field types and plain trees.
 */
@NullMarked
package dev.plumbline.controller.local.fields;

import org.jspecify.annotations.NullMarked;
