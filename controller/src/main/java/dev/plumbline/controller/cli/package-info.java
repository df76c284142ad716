/**
 * The command line (picocli). Commands ask the HTTP API of a running {@code plumbline up} and print its answer as text or JSON;
 * only {@code up} itself composes the program, through {@code app}.
 */
@NullMarked
package dev.plumbline.controller.cli;

import org.jspecify.annotations.NullMarked;
