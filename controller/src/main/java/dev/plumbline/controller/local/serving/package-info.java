/**
 * The serving part of the embedded cluster: starts the model that an InferenceService names as a process on loopback, and writes
 * the status that KServe would. Its model server is a small stand-in for KServe's (docs/decisions). What it cannot serve it
 * refuses by name in that status.
 */
@NullMarked
package dev.plumbline.controller.local.serving;

import org.jspecify.annotations.NullMarked;
