package dev.plumbline.tests.architecture.bad.registry.cellar;

/** Stands where nobody planned a package. */
public interface Unplanned {}
