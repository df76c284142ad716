/**
 * How an object is: a rule per kind over what its controllers write in its status, the conditions convention for all others, and
 * rules of the user in CEL. Pure: nothing here asks a cluster.
 */
@NullMarked
package dev.plumbline.controller.health;

import org.jspecify.annotations.NullMarked;
