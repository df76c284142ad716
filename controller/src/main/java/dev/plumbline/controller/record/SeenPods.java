package dev.plumbline.controller.record;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.run.NodeOutcome;
import dev.plumbline.registry.run.Observation;
import dev.plumbline.registry.run.PodContainer;
import dev.plumbline.registry.run.SeenContainers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of the pods of runs that are not recorded yet, because Argo may delete a pod as soon as it ends. Bounded: the runs
 * whose pods changed longest ago are forgotten first, and their records then say so. Many threads may use it.
 */
final class SeenPods {

    /** The label by which Argo's pods are found. */
    static final String LABEL = "workflows.argoproj.io/workflow";

    /** Most pods that are remembered. */
    static final int MAX_PODS = 20_000;

    private final ClusterReader cluster;
    private final Map<String, Map<String, List<PodContainer>>> runs = new LinkedHashMap<>(16, 0.75f, true);
    private int pods;

    SeenPods(ClusterReader cluster) {
        this.cluster = cluster;
    }

    /** A pod is there, or was. */
    synchronized void saw(Map<String, @Nullable Object> pod) {
        List<PodContainer> containers = PodContainer.of(pod);
        String run = run(pod);
        if (containers.isEmpty() || run.isEmpty()) {
            return;
        }
        Map<String, List<PodContainer>> nodes = runs.computeIfAbsent(run, _ -> new HashMap<>());
        if (nodes.put(containers.getFirst().node(), containers) == null) {
            pods++;
        }
        while (pods > MAX_PODS) {
            forget(runs.keySet().iterator().next());
        }
    }

    /** The run with all that is known of its pods. What no watch saw in time is asked for once. */
    Observation complete(Observation run) throws ClusterException {
        Set<String> started = new TreeSet<>();
        for (NodeOutcome node : run.nodes()) {
            if (node.type().equals("Pod") && !node.definition().isEmpty()) {
                started.add(node.id());
            }
        }
        if (!known(run.uid()).containsAll(started)) {
            Map<String, String> label = Map.of(LABEL, run.name());
            cluster.list(new Selection("", "Pod", run.namespace(), label), this::saw);
        }
        List<PodContainer> all = new ArrayList<>();
        synchronized (this) {
            runs.getOrDefault(run.uid(), Map.of()).values().forEach(all::addAll);
        }
        all.forEach(container -> started.remove(container.node()));
        return run.withPods(new SeenContainers(all, started.size()));
    }

    /** A run is recorded. */
    synchronized void forget(String run) {
        Map<String, List<PodContainer>> nodes = runs.remove(run);
        pods -= nodes == null ? 0 : nodes.size();
    }

    /** Nodes whose images are known. */
    private synchronized Set<String> known(String run) {
        Set<String> known = new TreeSet<>();
        runs.getOrDefault(run, Map.of()).forEach((node, containers) -> {
            if (containers.stream().noneMatch(container -> container.imageId().isEmpty())) {
                known.add(node);
            }
        });
        return known;
    }

    private static String run(Map<String, @Nullable Object> pod) {
        for (Map<String, @Nullable Object> owner : Tree.maps(pod, "metadata", "ownerReferences")) {
            if ("Workflow".equals(owner.get("kind"))) {
                return Tree.text(owner, "uid");
            }
        }
        return "";
    }
}
