package dev.plumbline.registry.review;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.model.ObjectKey;
import java.util.List;

/**
 * A template whose runs register a model, and whose runs will do something else.
 *
 * @param template the template
 * @param location where it is written
 * @param model the model that it registers unless told otherwise; empty where it does not say
 * @param causes what changed: the template, or objects that it uses; sorted
 */
public record TouchedModel(ObjectKey template, Location location, String model, List<ObjectKey> causes) {

    /** Keeps its own copy. */
    public TouchedModel {
        causes = List.copyOf(causes);
    }
}
