/**
 * What differs between two renderings, object by object and field by field, without a cluster. Not the place for live objects,
 * whose defaults and other owners' fields are no difference.
 */
@NullMarked
package dev.plumbline.registry.diff;

import org.jspecify.annotations.NullMarked;
