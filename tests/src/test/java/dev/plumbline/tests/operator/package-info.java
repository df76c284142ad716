/** {@code plumbline controller} on a real API server, as people meet it: custom resources, commits, and what becomes of them. */
@NullMarked
package dev.plumbline.tests.operator;

import org.jspecify.annotations.NullMarked;
