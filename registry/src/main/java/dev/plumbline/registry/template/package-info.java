/**
 * The catalogue of templates that people may run, read from a Release: what each is called, what it does, and what it takes.
 */
@NullMarked
package dev.plumbline.registry.template;

import org.jspecify.annotations.NullMarked;
