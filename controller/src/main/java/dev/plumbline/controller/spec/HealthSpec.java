package dev.plumbline.controller.spec;

import java.time.Duration;
import java.util.List;

/**
 * What is expected of applied objects.
 *
 * @param timeout how long they may be in progress before the apply has failed
 * @param rules health of kinds that Plumbline does not know, or knows otherwise
 */
public record HealthSpec(Duration timeout, List<HealthRule> rules) {

    /** Keeps its own copy. */
    public HealthSpec {
        rules = List.copyOf(rules);
    }
}
