package dev.plumbline.controller.diff;

import org.jspecify.annotations.Nullable;

/**
 * One field that differs.
 *
 * @param path keys and list positions, joined by dots
 * @param before value as a plain tree; null when it is not there
 * @param after value as a plain tree; null when it goes
 */
public record FieldChange(
        String path, @Nullable Object before, @Nullable Object after) {}
