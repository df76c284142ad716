/**
 * Expressions of expr-lang, as Argo's {@code {{=…}}}, hooks, labels and stop strategies hold them: whether they can be read, and
 * which names and functions they use, and what their values are.
 */
@NullMarked
package dev.plumbline.registry.argo.expr;

import org.jspecify.annotations.NullMarked;
