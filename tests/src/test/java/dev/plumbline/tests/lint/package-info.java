/** Our lint against Argo's own validation: every file that Argo is released with, ours, and seeded mutants of them. */
@NullMarked
package dev.plumbline.tests.lint;

import org.jspecify.annotations.NullMarked;
