package dev.plumbline.registry.review;

import dev.plumbline.registry.finding.Finding;

/**
 * A finding that counted before a change and does not after it, because its object says so.
 *
 * @param finding the finding, as it is found now
 * @param reason why, in the object's words
 */
public record SuppressedFinding(Finding finding, String reason) {}
