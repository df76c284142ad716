package dev.plumbline.registry.models;

import java.util.Map;

/**
 * One registered version of a model, as the registry says.
 *
 * @param name registered name
 * @param version version, as text
 * @param source where its files are, such as {@code models:/m-…}
 * @param runId the tracking run that made it; empty when unknown
 * @param tags its tags
 */
public record ModelVersion(String name, String version, String source, String runId, Map<String, String> tags) {

    /** Keeps its own copy. */
    public ModelVersion {
        tags = Map.copyOf(tags);
    }
}
