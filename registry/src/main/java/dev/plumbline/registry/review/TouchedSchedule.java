package dev.plumbline.registry.review;

import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.model.ObjectKey;
import java.util.List;

/**
 * A CronWorkflow that comes, goes, fires at other times, or will run something else.
 *
 * @param schedule the CronWorkflow
 * @param location where it is written
 * @param before when it fired, in words; empty where it is new
 * @param after when it will fire, in words; empty where it goes
 * @param causes what changed: the CronWorkflow, or objects that it runs; sorted
 */
public record TouchedSchedule(
        ObjectKey schedule, Location location, String before, String after, List<ObjectKey> causes) {

    /** Keeps its own copy. */
    public TouchedSchedule {
        causes = List.copyOf(causes);
    }
}
