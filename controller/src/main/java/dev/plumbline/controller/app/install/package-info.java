/**
 * Puts the controller into a cluster and takes it out: what {@code kubectl apply -k controller/deploy} applies, from inside the
 * program, so that no clone is needed.
 */
@NullMarked
package dev.plumbline.controller.app.install;

import org.jspecify.annotations.NullMarked;
