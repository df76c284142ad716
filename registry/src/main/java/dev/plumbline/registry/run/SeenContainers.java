package dev.plumbline.registry.run;

import java.util.List;

/**
 * What was seen of the pods of a run.
 *
 * @param containers the containers of those that were seen
 * @param unseen how many pods were not
 */
public record SeenContainers(List<PodContainer> containers, int unseen) {

    /** Nobody looked, as where no pods are made. */
    public static final SeenContainers NONE = new SeenContainers(List.of(), 0);

    /** Keeps its own copy. */
    public SeenContainers {
        containers = List.copyOf(containers);
    }
}
