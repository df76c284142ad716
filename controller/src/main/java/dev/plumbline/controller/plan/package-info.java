/**
 * What is to be done to a cluster, decided before anything is done: a printable value made from a Release, what is live and
 * the Inventory. Pure.
 */
@NullMarked
package dev.plumbline.controller.plan;

import org.jspecify.annotations.NullMarked;
