package dev.plumbline.controller.record;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.provenance.StepCode;
import dev.plumbline.registry.run.RunSighting;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads what the cluster holds of the ConfigMaps that a run refers to. */
final class StepCodeReader {

    /** Most ConfigMaps that are read for one run; more stay unseen, which the verdict then says. */
    static final int MAX_CONFIG_MAPS = 200;

    private final ClusterReader cluster;

    StepCodeReader(ClusterReader cluster) {
        this.cluster = cluster;
    }

    /** Names of all ConfigMaps that a Workflow object refers to now, executed or not. */
    static Set<String> names(Map<String, @Nullable Object> workflow) {
        Set<String> names = new TreeSet<>();
        names.addAll(StepCode.names(Tree.at(workflow, "spec")).keySet());
        names.addAll(StepCode.names(Tree.at(workflow, "status", "storedWorkflowTemplateSpec"))
                .keySet());
        names.addAll(
                StepCode.names(Tree.at(workflow, "status", "storedTemplates")).keySet());
        names.removeIf(name -> name.contains("{{"));
        return names;
    }

    /** The digest of each of these ConfigMaps; empty for those that are not there. */
    Map<String, Optional<Digest>> read(String namespace, Collection<String> names) throws ClusterException {
        Map<String, Optional<Digest>> digests = new LinkedHashMap<>();
        for (String name : names.stream().limit(MAX_CONFIG_MAPS).toList()) {
            digests.put(
                    name,
                    cluster.get(new ObjectKey("", "ConfigMap", namespace, name)).map(StepCode::digest));
        }
        return digests;
    }

    /** What was held of each of these from the first sight to now. */
    Map<String, StepCode.Sighting> sightings(RunSighting first, Collection<String> names) throws ClusterException {
        Map<String, StepCode.Sighting> sightings = new LinkedHashMap<>();
        read(first.namespace(), names).forEach((name, now) -> {
            Optional<Digest> before = first.configMaps().get(name);
            if (before != null) {
                sightings.put(name, new StepCode.Sighting(before.orElse(null), now.orElse(null), first.firstAtEnd()));
            }
        });
        return sightings;
    }
}
