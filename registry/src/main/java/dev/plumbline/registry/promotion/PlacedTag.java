package dev.plumbline.registry.promotion;

import dev.plumbline.registry.model.CommitId;
import java.time.Instant;

/**
 * A tag where it stands.
 *
 * @param name its name
 * @param commit the commit that it names
 * @param time when it was made, as it says
 */
public record PlacedTag(String name, CommitId commit, Instant time) {}
