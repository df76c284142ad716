package dev.plumbline.registry.review;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.model.ObjectKey;
import java.util.List;

/**
 * A template or schedule whose runs register a model, and will do something else.
 *
 * @param producer the template or schedule
 * @param location where it is written
 * @param model the model that its runs register, which whoever starts a template may change; empty where it does not say
 * @param causes what changed: the producer, or objects that it uses; sorted
 */
public record TouchedModel(ObjectKey producer, Location location, String model, List<ObjectKey> causes) {

    /** Keeps its own copy. */
    public TouchedModel {
        causes = List.copyOf(causes);
    }
}
