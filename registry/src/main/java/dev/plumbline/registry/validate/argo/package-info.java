/**
 * What Argo's own validation refuses, worked out once per object by the same walk that Argo makes: names, arguments, template by
 * template with the arguments that each caller passes, and the variables that are in scope at each place. Unlike Argo's, it goes on
 * after a problem. Held to the real thing by a differential test. Not the place for anything that Argo accepts.
 */
@NullMarked
package dev.plumbline.registry.validate.argo;

import org.jspecify.annotations.NullMarked;
