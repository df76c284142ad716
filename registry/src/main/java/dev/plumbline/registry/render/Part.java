package dev.plumbline.registry.render;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.source.SourceException;
import java.util.List;

/**
 * A part of a build that may be used again by the next one, wherever what it looked at is still the same.
 *
 * @param value what it made; nobody changes it
 * @param reads what it looked at
 * @param findings what it reported, in order; no errors
 */
record Part<T>(T value, Footprint reads, List<Finding> findings) {

    /** Makes the value of a part. */
    @FunctionalInterface
    interface Making<T> {
        T make() throws SourceException;
    }
}
