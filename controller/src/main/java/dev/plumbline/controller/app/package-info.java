/**
 * The roof: composes the whole program with {@code new} and hands the API its routes.
 */
@NullMarked
package dev.plumbline.controller.app;

import org.jspecify.annotations.NullMarked;
