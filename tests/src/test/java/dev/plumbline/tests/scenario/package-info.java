/**
 * What Plumbline does for its users, told as examples: each test starts the whole program on a repository of its own and uses it
 * as a person would, by Git and by the command line. What is a {@link dev.plumbline.tests.scenario.Scenario} is told twice from one
 * source: of {@code plumbline up}, and of {@code plumbline controller} on a real API server with Argo's real controller.
 *
 * <p>Only {@code up} is told what a cluster has no part in: how it starts and what it refuses then, what it leaves on this machine
 * when it is killed, the shipped pipelines in its Python, and commands that read files alone. What happens to the controller in these
 * matters is told by tests of the package {@code operator}.
 */
@NullMarked
package dev.plumbline.tests.scenario;

import org.jspecify.annotations.NullMarked;
