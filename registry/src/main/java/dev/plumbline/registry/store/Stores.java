package dev.plumbline.registry.store;

/**
 * The three doors over one place.
 *
 * @param objects bytes by digest
 * @param refs small values by name
 * @param logs append-only streams
 */
public record Stores(ObjectStore objects, RefStore refs, LogStore logs) {}
