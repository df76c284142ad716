/**
 * What Plumbline does for its users, told as examples: each test starts the whole program on a repository of its own and uses it
 * as a person would, by Git and by the command line.
 */
@NullMarked
package dev.plumbline.tests.scenario;

import org.jspecify.annotations.NullMarked;
