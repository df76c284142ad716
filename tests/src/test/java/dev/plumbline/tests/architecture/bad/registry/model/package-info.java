/** Described, but not null-marked. */
package dev.plumbline.tests.architecture.bad.registry.model;
