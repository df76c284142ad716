/** The programs behind {@code tests/benchmark}: they measure and print, and are no tests. */
@NullMarked
package dev.plumbline.tests.benchmark;

import org.jspecify.annotations.NullMarked;
