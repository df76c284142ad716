package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.json.Tree;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What everything that works for one run shares.
 *
 * @param doors what the runner works with
 * @param configMaps ConfigMaps of the run's namespace
 * @param signal tells the run to end
 * @param definition what executes
 * @param status the run's status
 * @param globals names for tags
 * @param artifacts records of stored artifacts
 * @param repository the {@code s3} of the run's artifact repository; empty for the runner's own folder
 * @param slots how many pods may run at once
 * @param deadline when the run must have ended; null for never
 */
record RunParts(
        Runner.Doors doors,
        ConfigMaps configMaps,
        RunSignal signal,
        RunDefinition definition,
        RunStatus status,
        GlobalScope globals,
        ArtifactRecords artifacts,
        Map<String, @Nullable Object> repository,
        Slots slots,
        @Nullable Instant deadline) {

    RunFolder folder() {
        return doors.folder();
    }

    StepEnvironment environment() {
        return doors.environment();
    }

    InstantSource clock() {
        return doors.clock();
    }

    /** Tells what happened to a node. */
    void tell(String phase, String nodeId, String message) {
        String name = Tree.text(status.node(nodeId), "displayName");
        doors.events().accept(new RunEvent(status.key(), phase, name, message));
    }

    /** Takes up a node's outputs: into the node, and where they have a global name into the run's. */
    void outputs(String nodeId, Map<String, @Nullable Object> outputs) {
        if (outputs.isEmpty()) {
            return;
        }
        status.change(nodeId, node -> node.put("outputs", outputs));
        Map<String, @Nullable Object> all = globals.add(outputs);
        if (all != null) {
            status.set(all, "status", "outputs");
        }
    }
}
