/**
 * HTTP on loopback (Helidon): which caller may do what, and how answers travel. What is answered is decided by the routes
 * that the roof hands in.
 */
@NullMarked
package dev.plumbline.controller.web;

import org.jspecify.annotations.NullMarked;
